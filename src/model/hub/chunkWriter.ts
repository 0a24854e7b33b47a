import { crc32 } from 'node:zlib';
import type { Chunk, DownloadPlan } from './downloadPlan';
import { FiniteCheck } from './finiteCheck';
import { HubError } from './hubError';
import { storageError } from './hubStorage';
import type { PartialFile } from './partialFile';

/** Bytes of one write: few enough to keep little in memory, many enough to make writes rare. */
const WRITE_BYTES = 1024 * 1024;

/**
 * Takes one chunk's bytes as they arrive, checks that the values are finite, and writes them in batches while more arrive.
 * At most two batches are in memory.
 */
export class ChunkWriter {
  private batch: Buffer[] = [];
  private batchBytes = 0;
  private batchStart: number;
  private checksum = 0;
  private finite: FiniteCheck;
  private writing: Promise<void> | undefined;
  private failure: unknown;

  constructor(
    private readonly file: PartialFile,
    readonly chunk: Chunk,
  ) {
    this.batchStart = chunk.begin;
    this.finite = new FiniteCheck(file.plan.located.shape.dtype);
  }

  /** Position within the tensor of the next byte that is needed. */
  get position(): number {
    return this.batchStart + this.batchBytes;
  }

  /**
   * @returns A promise to wait for before more is read, where writing is slower than the network.
   * @throws {HubError} `untrusted-content`.
   */
  add(piece: Buffer): Promise<void> | undefined {
    if (this.failure !== undefined) {
      throw this.failure as Error;
    }
    if (!this.finite.add(piece)) {
      throw notFinite(this.file.plan);
    }
    this.checksum = crc32(piece, this.checksum);
    this.batch.push(piece);
    this.batchBytes += piece.length;
    return this.batchBytes >= WRITE_BYTES ? this.writeBatch() : undefined;
  }

  /** Writes what is left and notes the chunk. */
  async finish(): Promise<void> {
    await this.flush();
    await this.file.finish(this.chunk, this.checksum);
  }

  /** Waits until everything is written. @throws {HubError} where something was not. */
  async flush(): Promise<void> {
    await this.writing;
    await this.writeBatch();
    await this.writing;
    if (this.failure !== undefined) {
      throw this.failure as Error;
    }
  }

  /** Forgets what has arrived: it is not to be trusted. */
  async restart(): Promise<void> {
    await this.writing;
    this.batch = [];
    this.batchBytes = 0;
    this.batchStart = this.chunk.begin;
    this.checksum = 0;
    this.finite = new FiniteCheck(this.file.plan.located.shape.dtype);
  }

  /** Starts to write the batch; the promise is that of the batch before, which is in the way. */
  private writeBatch(): Promise<void> | undefined {
    if (this.writing !== undefined) {
      return this.writing.then(() => this.writeBatch());
    }
    if (this.batchBytes === 0) {
      return undefined;
    }
    const { batch, batchStart } = this;
    this.batchStart += this.batchBytes;
    this.batch = [];
    this.batchBytes = 0;
    this.writing = this.file
      .write(batch, batchStart)
      .catch((error: unknown) => {
        this.failure = storageError(error, this.file.path);
      })
      .finally(() => {
        this.writing = undefined;
      });
    return undefined;
  }
}

function notFinite({ located }: DownloadPlan): HubError {
  return new HubError(
    'untrusted-content',
    `What was downloaded of ${located.repository} holds values that are not numbers. It was deleted.`,
  );
}
