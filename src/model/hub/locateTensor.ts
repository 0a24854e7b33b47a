import type { ByteReader } from '../../core/safetensors/byteReader';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { quoted } from '../../core/safetensors/jsonScanner';
import { MemoryByteReader } from '../../core/safetensors/memoryByteReader';
import {
  LENGTH_PREFIX_BYTES,
  MAX_HEADER_BYTES,
  readSafetensorsHeader,
  type SafetensorsHeader,
  type TensorInfo,
} from '../../core/safetensors/safetensorsHeader';
import { embeddingCandidates } from '../embeddingNames';
import {
  checkEmbeddingTensor,
  findEmbeddingTensor,
  missingTensor,
  type EmbeddingShape,
} from '../embeddingTensor';
import { CONFIG_FILE, MAX_CONFIG_BYTES, parseModelConfig } from '../modelConfig';
import { MAX_INDEX_BYTES, readShardIndex, type ShardIndex } from '../shardIndex';
import type { HubFile } from './hubFile';
import type { HubFiles } from './hubFiles';
import { HubError } from './hubError';
import type { HubModel } from './hubModel';
import type { FileState } from './rangeResponse';

export const MODEL_FILE = 'model.safetensors';
const INDEX_FILE = 'model.safetensors.index.json';

/** Of an unknown file this much is asked for first: nearly all headers fit, GPT-2's has 14 KB. */
const FIRST_READ_BYTES = 64 * 1024;

/** Longest header that is fetched: twenty thousand tensors have about 3 MB, and parsing this much takes a moment already. */
export const MAX_REMOTE_HEADER_BYTES = 8 * 1024 * 1024;

/** Largest file: positions up to here are exact, and there is no checkpoint nearly as large. */
const MAX_FILE_BYTES = 2 ** 50;

/** Where on the hub the embedding tensor lies. */
export interface LocatedTensor extends FileState {
  readonly repository: string;
  /** `model.safetensors`, or the shard's name. */
  readonly file: string;
  /** Its `byteOffset` counts from the start of `file`. */
  readonly tensor: TensorInfo;
  readonly shape: EmbeddingShape;
}

/**
 * Finds the embedding tensor of a repository, reading nothing but headers: of `model.safetensors`, or where there is none, of
 * the shards that may hold it by `model.safetensors.index.json`, nearly always one. Only where several tensors may be it, the model's
 * `config.json` is read as well.
 *
 * @param tensorName The user's choice, where it is none of the usual names.
 * @throws {HubError} `not-found`, `unsupported`, `bad-response` for a file that breaks the format, or what the network gives.
 */
export async function locateTensor(
  files: HubFiles,
  model: HubModel,
  tensorName: string | undefined,
): Promise<LocatedTensor> {
  return translated(async () => {
    const { repository } = model;
    const whole = await readHeader(files, model, MODEL_FILE);
    if (whole === undefined) {
      return locateInShards(files, model, tensorName);
    }
    const { header, ...state } = whole;
    const pinned = { repository, revision: state.commit };
    const chosen = await chooseTensor(header, `${repository}/${MODEL_FILE}`, tensorName, () =>
      vocabularySizes(files, pinned),
    );
    return { repository, file: MODEL_FILE, ...state, ...chosen };
  });
}

async function locateInShards(
  files: HubFiles,
  model: HubModel,
  tensorName: string | undefined,
): Promise<LocatedTensor> {
  const { repository } = model;
  const { shards, pinned, source } = await readIndex(files, model);
  const headers = new Map<string, RemoteHeader>();
  const shardOf = (name: string): string => shards.shardOf(name) ?? '';
  const headerOf = async (name: string): Promise<RemoteHeader> => {
    const file = shardOf(name);
    const header = headers.get(file) ?? (await readHeader(files, pinned, file));
    if (header === undefined) {
      throw new HubError('bad-response', `${source} names the file ${quoted(file)}, which is not there.`);
    }
    headers.set(file, header);
    return header;
  };
  const tensor = await findEmbeddingTensor({
    source,
    names: shards.names,
    wanted: tensorName,
    describe: async (name) => (await headerOf(name)).header.tensors.get(name),
    vocabularySizes: () => vocabularySizes(files, pinned),
    absent: (name) =>
      new HubError(
        'bad-response',
        `${source} says that the tensor ${quoted(name)} is in ${quoted(shardOf(name))}, but it is not.`,
      ),
  });
  const { header: _, ...state } = await headerOf(tensor.name);
  const shape = checkEmbeddingTensor(tensor, `${repository}/${shardOf(tensor.name)}`);
  return { repository, file: shardOf(tensor.name), ...state, tensor, shape };
}

/**
 * The shard that holds the embedding tensor, by the names in the index alone: for a server that sends no header without all that is behind it.
 *
 * @returns The shard at the index's own commit, so that both are of the same state.
 * @throws {CheckpointError} for an index that cannot be used. @throws {HubError} `not-found` where there is none.
 */
export async function findShard(
  files: HubFiles,
  model: HubModel,
  tensorName: string | undefined,
): Promise<HubFile> {
  const { shards, pinned, source } = await readIndex(files, model);
  const [names = []] = tensorName === undefined ? embeddingCandidates(shards.names) : [[tensorName]];
  const [file, ...others] = new Set(names.flatMap((name) => shards.shardOf(name) ?? []));
  if (file !== undefined && others.length === 0) {
    return { ...pinned, file };
  }
  if (file === undefined) {
    throw missingTensor(source, shards.names, tensorName);
  }
  throw new CheckpointError(
    'unsupported',
    source,
    `several tensors may be the token embedding, in several files: ${names.map(quoted).join(', ')}. Choose one by its name.`,
  );
}

interface RemoteIndex {
  readonly shards: ShardIndex;
  /** The repository at the index's own commit. */
  readonly pinned: HubModel;
  /** What errors call the index. */
  readonly source: string;
}

async function readIndex(files: HubFiles, model: HubModel): Promise<RemoteIndex> {
  const { repository, revision } = model;
  const index = await files.readWhole({ ...model, file: INDEX_FILE }, MAX_INDEX_BYTES);
  if (index === undefined) {
    throw new HubError(
      'not-found',
      `${repository} holds neither ${MODEL_FILE} nor ${INDEX_FILE} at revision ${revision}.`,
    );
  }
  const source = `${repository}/${INDEX_FILE}`;
  const shards = await readShardIndex(new MemoryByteReader(source, index.content), files.signal);
  return { shards, pinned: { repository, revision: index.commit }, source };
}

async function vocabularySizes(files: HubFiles, pinned: HubModel): Promise<readonly number[]> {
  const config = await files.readWhole({ ...pinned, file: CONFIG_FILE }, MAX_CONFIG_BYTES);
  return config === undefined ? [] : parseModelConfig(config.content).vocabularySizes;
}

interface RemoteHeader extends FileState {
  readonly header: SafetensorsHeader;
}

async function readHeader(files: HubFiles, model: HubModel, file: string): Promise<RemoteHeader | undefined> {
  const opened = await files.readStart({ ...model, file }, FIRST_READ_BYTES);
  if (opened === undefined) {
    return undefined;
  }
  const { start, ...state } = opened;
  const name = `${model.repository}/${file}`;
  if (state.fileBytes > MAX_FILE_BYTES) {
    throw new HubError(
      'bad-response',
      `${files.host} claims that ${name} has ${String(state.fileBytes)} bytes.`,
    );
  }
  const missing = missingHeaderBytes(start, state.fileBytes, name);
  let known = start;
  if (missing > 0) {
    const range = { first: start.length, last: start.length + missing - 1 };
    const pinned = { repository: model.repository, revision: state.commit, file };
    known = Buffer.concat([start, await files.readRange(pinned, range, state)]);
  }
  const reader = new StartReader(name, known, state.fileBytes);
  return { ...state, header: await readSafetensorsHeader(reader, files.signal) };
}

/**
 * Header bytes that lie behind the first read. 0 also for a header that cannot be: its parser says what is wrong before it
 * reads or allocates anything.
 */
export function missingHeaderBytes(start: Uint8Array, fileBytes: number, name: string): number {
  if (start.length < LENGTH_PREFIX_BYTES) {
    return 0;
  }
  const view = new DataView(start.buffer, start.byteOffset, LENGTH_PREFIX_BYTES);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES) || length > BigInt(fileBytes - LENGTH_PREFIX_BYTES)) {
    return 0;
  }
  if (length > BigInt(MAX_REMOTE_HEADER_BYTES)) {
    throw new CheckpointError(
      'too-large',
      name,
      `the header claims ${String(length)} bytes; at most ${String(MAX_REMOTE_HEADER_BYTES)} are downloaded.`,
    );
  }
  return Math.max(0, LENGTH_PREFIX_BYTES + Number(length) - start.length);
}

/** @throws {CheckpointError} `unsupported`. */
export async function chooseTensor(
  { tensors }: SafetensorsHeader,
  source: string,
  tensorName: string | undefined,
  vocabularySizes?: () => Promise<readonly number[]>,
): Promise<{ readonly tensor: TensorInfo; readonly shape: EmbeddingShape }> {
  const tensor = await findEmbeddingTensor({
    source,
    names: tensors.keys(),
    wanted: tensorName,
    describe: (name) => tensors.get(name),
    ...(vocabularySizes && { vocabularySizes }),
  });
  return { tensor, shape: checkEmbeddingTensor(tensor, source) };
}

/** Errors of the format as errors of the hub. */
export async function translated<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (CheckpointError.is(error)) {
      const reason = error.reason === 'unsupported' ? 'unsupported' : 'bad-response';
      throw new HubError(reason, error.message, { cause: error });
    }
    throw error;
  }
}

/** The known start of a file that is larger. */
export class StartReader implements ByteReader {
  constructor(
    readonly name: string,
    private readonly start: Uint8Array,
    private readonly fileBytes: number,
  ) {}

  size(): Promise<number> {
    return Promise.resolve(this.fileBytes);
  }

  read(offset: number, target: Uint8Array): Promise<void> {
    const end = offset + target.length;
    if (end > this.start.length) {
      return Promise.reject(
        new CheckpointError('truncated', this.name, `byte ${String(end)} is not known yet.`),
      );
    }
    target.set(this.start.subarray(offset, end));
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
