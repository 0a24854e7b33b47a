import path from 'node:path';
import type { ByteReader, PositionedReader } from '../core/safetensors/byteReader';
import { CheckpointError } from '../core/safetensors/checkpointError';
import { quoted } from '../core/safetensors/jsonScanner';
import { readSafetensorsHeader, type SafetensorsHeader } from '../core/safetensors/safetensorsHeader';
import { findCheckpointInFolder } from './checkpointFolder';
import { checkEmbeddingTensor, chooseEmbeddingTensor } from './embeddingTensor';
import { openFileByteReader } from './fileByteReader';
import { repositoryOf } from './huggingFaceCache';
import type { ModelIdentity, ModelLocation } from './modelLocation';
import { copyRowsInto, readRowsInto } from './readRows';
import { openSampleVectors, sampleFile } from './sampleVectors/sampleVectors';
import { readShardIndex } from './shardIndex';

/** An opened checkpoint: what it is, and its embedding rows on demand. */
export interface EmbeddingSource {
  readonly identity: ModelIdentity;

  /** Path of the file that the rows come from; of the sample vectors, which tell people of no file, the one that belongs to the program. */
  readonly file: string;

  /**
   * Reads whole rows as single precision, straight into `target`: no second buffer is made, whatever the dtype.
   *
   * @param firstRow Token id of the first row.
   * @param target Row-major; its length is a multiple of `identity.dimension`. May be a view of WebAssembly memory.
   * @throws {RangeError} when the rows do not exist.
   * @throws {CheckpointError} when the file cannot be read or has become shorter.
   * @throws The signal's reason when it is aborted.
   */
  readRows(firstRow: number, target: Float32Array, signal?: AbortSignal): Promise<void>;

  /**
   * Copies some rows at once, as single precision: for the few rows that a search looks at in its middle.
   *
   * @param ids Token ids, in any order; each in the vocabulary.
   * @param target Row-major, `ids.length` rows. May be a view of WebAssembly memory.
   * @throws {CheckpointError} when the file cannot be read or has become shorter.
   */
  copyRows(ids: Uint32Array, target: Float32Array): void;

  /** False once the file is another one than when it was opened: changed, replaced or gone. */
  isUnchanged(): boolean;

  /** Closes the file. */
  close(): Promise<void>;
}

export interface OpenEmbeddingOptions {
  /** Name of the tensor, where it is none of the known ones. */
  readonly tensorName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Opens a file; a seam for tests that count what is read. */
  readonly openReader?: ((path: string) => Promise<PositionedReader>) | undefined;
}

/**
 * Opens a checkpoint and finds its embedding matrix. Of a file only the header is read, and later the rows that are asked
 * for; of a sharded checkpoint only the index and the shard that holds the matrix.
 *
 * @throws {CheckpointError} naming the file and what is wrong with it.
 * @throws The signal's reason when it is aborted.
 */
export async function openEmbeddingSource(
  location: ModelLocation,
  options: OpenEmbeddingOptions = {},
): Promise<EmbeddingSource> {
  options.signal?.throwIfAborted();
  switch (location.kind) {
    case 'sample':
      return sourceOfReader(
        await openSampleVectors(),
        { name: 'sample vectors', isSample: true, path: '', file: sampleFile() },
        options,
      );
    case 'file':
      return openFile(location.path, location.path, options);
    case 'folder': {
      const contents = await findCheckpointInFolder(location.path);
      const source = await (contents.kind === 'file'
        ? openFile(contents.path, location.path, options)
        : openSharded(contents.path, location.path, options));
      const { server } = location;
      return server === undefined ? source : { ...source, identity: { ...source.identity, server } };
    }
  }
}

type IdentityStart = Pick<ModelIdentity, 'name' | 'isSample' | 'path'> & { readonly file?: string };

async function openFile(
  file: string,
  chosenPath: string,
  options: OpenEmbeddingOptions,
): Promise<EmbeddingSource> {
  const reader = await openReader(file, options);
  return sourceOfReader(reader, { name: modelName(file, chosenPath), isSample: false, path: file }, options);
}

async function openSharded(
  indexFile: string,
  folder: string,
  options: OpenEmbeddingOptions,
): Promise<EmbeddingSource> {
  const shards = await withReader(await openReader(indexFile, options), (reader) =>
    readShardIndex(reader, options.signal),
  );
  const tensorName = chooseEmbeddingTensor(shards, options.tensorName, indexFile);
  const shard = shards.get(tensorName) ?? '';
  const file = path.join(path.dirname(indexFile), shard);
  const reader = await openReader(file, options);
  const start = { name: modelName(file, folder), isSample: false, path: file };
  return sourceOfReader(reader, start, { ...options, tensorName }, (header) => {
    for (const [tensor, tensorShard] of shards) {
      if (tensorShard === shard && !header.tensors.has(tensor)) {
        throw new CheckpointError(
          'malformed',
          file,
          `${path.basename(indexFile)} says that the tensor ${quoted(tensor)} is in this file, but it is not.`,
        );
      }
    }
  });
}

/** Takes the reader over: it is closed when the source is closed, or when this fails. */
async function sourceOfReader(
  reader: PositionedReader,
  { file, ...start }: IdentityStart,
  { tensorName, signal }: OpenEmbeddingOptions,
  checkHeader: (header: SafetensorsHeader) => void = () => undefined,
): Promise<EmbeddingSource> {
  try {
    const header = await readSafetensorsHeader(reader, signal);
    checkHeader(header);
    const chosen = chooseEmbeddingTensor(header.tensors, tensorName, reader.name);
    const tensor = header.tensors.get(chosen);
    if (tensor === undefined) {
      throw new CheckpointError('unsupported', reader.name, `it holds no tensor ${quoted(chosen)}.`);
    }
    const shape = checkEmbeddingTensor(tensor, reader.name);
    const identity: ModelIdentity = {
      ...start,
      ...shape,
      isVerified: false,
      tensorName: tensor.name,
      warnings: [],
    };
    return {
      identity,
      file: file ?? start.path,
      readRows: (firstRow, target, readSignal) =>
        readRowsInto(reader, tensor.byteOffset, identity, firstRow, target, readSignal),
      copyRows: (ids, target) => {
        copyRowsInto(reader, tensor.byteOffset, identity, ids, target);
      },
      isUnchanged: () => reader.isUnchanged(),
      close: () => reader.close(),
    };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function openReader(file: string, options: OpenEmbeddingOptions): Promise<PositionedReader> {
  return (options.openReader ?? openFileByteReader)(file);
}

async function withReader<T>(reader: ByteReader, use: (reader: ByteReader) => Promise<T>): Promise<T> {
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
}

/**
 * A short name for people: the repository for a file of the Hugging Face cache, else the file's or folder's name; a file
 * that is just called `model.safetensors` has its folder's.
 */
function modelName(file: string, chosenPath: string): string {
  const repository = repositoryOf(file);
  if (repository !== undefined) {
    return repository;
  }
  if (chosenPath === file) {
    const name = path.basename(file, '.safetensors');
    return name === 'model' ? path.basename(path.dirname(file)) || name : name;
  }
  return path.basename(path.resolve(chosenPath));
}
