import { LENGTH_PREFIX_BYTES, readSafetensorsHeader } from '../../core/safetensors/safetensorsHeader';
import { ChunkWriter } from './chunkWriter';
import type { DownloadPlan } from './downloadPlan';
import { HubError } from './hubError';
import { commitOf, type HubFiles } from './hubFiles';
import type { HubFile } from './hubFile';
import type { HubModel } from './hubModel';
import {
  chooseTensor,
  findShard,
  missingHeaderBytes,
  MODEL_FILE,
  StartReader,
  translated,
  type LocatedTensor,
} from './locateTensor';
import type { PartialFile } from './partialFile';

/** Largest file that is read as a whole: more than all that are offered by name. */
const MAX_WHOLE_BYTES = 64 * 2 ** 30;

export interface WholeDownloadOptions {
  readonly files: HubFiles;
  readonly model: HubModel;
  readonly tensorName: string | undefined;
  /** Makes the partial file as soon as the header is known. */
  readonly openPartial: (located: LocatedTensor) => Promise<PartialFile>;
  /** Bytes of the file that have been read, and how many will have to be. */
  readonly onBytes: (bytesDone: number, bytesTotal: number) => void;
}

/**
 * For servers that cannot send a range: reads a file from its start, keeps the tensor's bytes, and stops behind them. What
 * lies before has to be read again when the line drops.
 *
 * @returns The partial file, with all chunks finished; the caller closes it, also after an error (`openPartial` made it).
 * @throws {HubError}
 */
export async function downloadWhole(options: WholeDownloadOptions): Promise<PartialFile> {
  const { files, model, tensorName } = options;
  let target: HubFile = { ...model, file: MODEL_FILE };
  let partial: PartialFile | undefined;
  await files.repeat(async () => {
    let response = await files.openWhole(target, MAX_WHOLE_BYTES);
    if (response === undefined && target.file === MODEL_FILE) {
      target = await translated(() => findShard(files, model, tensorName));
      response = await files.openWhole(target, MAX_WHOLE_BYTES);
    }
    const { file } = target;
    if (response === undefined) {
      throw new HubError('not-found', `${model.repository} holds no ${file} at revision ${model.revision}.`);
    }
    const commit = commitOf(response, target);
    const { contentLength: fileBytes, etag, host } = response;
    if (fileBytes === undefined) {
      response.body.destroy();
      throw new HubError('bad-response', `${host} does not say how large ${file} is.`);
    }
    const known = partial?.plan.located;
    if (
      known !== undefined &&
      (known.etag !== etag || known.commit !== commit || known.fileBytes !== fileBytes)
    ) {
      response.body.destroy();
      throw new HubError('changed', `The file on ${host} changed while it was downloaded.`);
    }
    const reading = new WholeReading(
      options,
      { repository: model.repository, file, commit, etag, fileBytes },
      partial,
    );
    try {
      await files.receive(response, fileBytes, fileBytes, (piece) => reading.add(piece));
      await reading.end();
    } catch (error) {
      if (error !== FINISHED) {
        throw error;
      }
    } finally {
      await reading.settle();
      partial = reading.partial ?? partial;
    }
  });
  if (partial === undefined) {
    throw new HubError('bad-response', `${files.host} sent an empty file.`);
  }
  return partial;
}

/** Thrown to stop reading: the rest of the file is not needed. */
const FINISHED = new Error('the tensor is complete');

type FileStart = Pick<LocatedTensor, 'repository' | 'file' | 'commit' | 'etag' | 'fileBytes'>;

/** One pass over the file. */
class WholeReading {
  private readonly start: Buffer[] = [];
  private position = 0;
  private writer: ChunkWriter | undefined;
  private tensorEnd: number;

  constructor(
    private readonly options: WholeDownloadOptions,
    private readonly file: FileStart,
    public partial: PartialFile | undefined,
  ) {
    this.tensorEnd = partial === undefined ? file.fileBytes : endOf(partial.plan);
  }

  add(piece: Buffer): Promise<void> | undefined {
    const begin = this.position;
    this.position += piece.length;
    this.options.onBytes(Math.min(this.position, this.tensorEnd), this.tensorEnd);
    if (this.partial === undefined) {
      this.start.push(piece);
      return this.parseHeader();
    }
    return this.keep(this.partial, piece, begin);
  }

  /** Waits until nothing is written any more. An error of it has come up before, or does not matter. */
  async settle(): Promise<void> {
    await this.writer?.flush().catch(() => undefined);
  }

  /** The file is over. */
  async end(): Promise<void> {
    if (this.partial === undefined) {
      // Shorter than its header says, or than any header: the parser tells.
      await translated(() => readSafetensorsHeader(this.reader(Buffer.concat(this.start))));
    }
    throw new HubError('bad-response', `${this.file.file} ended before its tensor.`);
  }

  private async parseHeader(): Promise<void> {
    if (this.position < LENGTH_PREFIX_BYTES && this.position < this.file.fileBytes) {
      return;
    }
    const known = Buffer.concat(this.start);
    this.start.length = 0;
    this.start.push(known);
    const { fileBytes } = this.file;
    const { repository, file } = this.file;
    await translated(async () => {
      if (missingHeaderBytes(known, fileBytes, `${repository}/${file}`) > 0) {
        return;
      }
      const header = await readSafetensorsHeader(this.reader(known));
      const chosen = await chooseTensor(header, `${repository}/${file}`, this.options.tensorName);
      this.partial = await this.options.openPartial({ ...this.file, ...chosen });
      this.tensorEnd = endOf(this.partial.plan);
      this.start.length = 0;
      await this.keep(this.partial, known, 0);
    });
  }

  /** @param begin Position of the piece in the file. */
  private async keep(partial: PartialFile, piece: Buffer, begin: number): Promise<void> {
    const { chunks, located } = partial.plan;
    const offset = located.tensor.byteOffset;
    const end = begin + piece.length;
    for (let position = Math.max(begin, offset); position < Math.min(end, this.tensorEnd);) {
      const chunk = chunks[Math.floor((position - offset) / partial.plan.chunkBytes)];
      if (chunk === undefined) {
        break;
      }
      const stop = Math.min(end, offset + chunk.end);
      if (!partial.finished.has(chunk.index)) {
        if (this.writer?.chunk !== chunk) {
          this.writer = new ChunkWriter(partial, chunk);
        }
        await this.writer.add(piece.subarray(position - begin, stop - begin));
        if (stop === offset + chunk.end) {
          await this.writer.finish();
        }
      }
      position = stop;
    }
    if (end >= this.tensorEnd) {
      throw FINISHED;
    }
  }

  private reader(known: Buffer): StartReader {
    const { repository, file, fileBytes } = this.file;
    return new StartReader(`${repository}/${file}`, known, fileBytes);
  }
}

function endOf({ located: { tensor } }: DownloadPlan): number {
  return tensor.byteOffset + tensor.byteLength;
}
