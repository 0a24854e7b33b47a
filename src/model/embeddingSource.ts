import path from 'node:path';
import type { ByteReader, PositionedReader } from '../core/safetensors/byteReader';
import { CheckpointError } from '../core/safetensors/checkpointError';
import { quoted } from '../core/safetensors/jsonScanner';
import {
  readSafetensorsHeader,
  type SafetensorsHeader,
  type TensorInfo,
} from '../core/safetensors/safetensorsHeader';
import { findCheckpointInFolder } from './checkpointFolder';
import { checkEmbeddingTensor, findEmbeddingTensor } from './embeddingTensor';
import { openFileByteReader } from './fileByteReader';
import { isRepositoryFolder, repositoryOf, snapshotsOf } from './huggingFaceCache';
import { readModelConfig } from './modelConfig';
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
    case 'table':
      throw new Error('A table in a database is no file: it is asked where it is.');
    case 'file':
      return openFile(location.path, location.path, options);
    case 'folder': {
      const source = await openFolder(location.path, options);
      const { server } = location;
      return server === undefined ? source : { ...source, identity: { ...source.identity, server } };
    }
  }
}

/**
 * Opens the checkpoint in a folder. A repository folder of the Hugging Face cache (`models--org--name`) stands for its current snapshot; where
 * that lacks files, for the newest one that does not.
 */
async function openFolder(folder: string, options: OpenEmbeddingOptions): Promise<EmbeddingSource> {
  const snapshots = isRepositoryFolder(folder) ? await snapshotsOf(folder) : [];
  let failure: CheckpointError | undefined;
  for (const snapshot of snapshots) {
    try {
      const source = await openContents(snapshot, options);
      return failure === undefined
        ? source
        : { ...source, identity: { ...source.identity, warnings: [olderSnapshot(snapshot, failure)] } };
    } catch (error) {
      if (!CheckpointError.is(error)) {
        throw error;
      }
      failure ??= error;
    }
  }
  if (failure !== undefined) {
    throw failure;
  }
  return openContents(folder, options);
}

/** Said of a model whose current snapshot could not be used. */
function olderSnapshot(snapshot: string, { message }: CheckpointError): string {
  return `The snapshot ${path.basename(snapshot)} is used, since the current one cannot be: ${message}`;
}

async function openContents(folder: string, options: OpenEmbeddingOptions): Promise<EmbeddingSource> {
  const contents = await findCheckpointInFolder(folder);
  return contents.kind === 'file'
    ? openFile(contents.path, folder, options)
    : openSharded(contents.path, folder, options);
}

type IdentityStart = Pick<ModelIdentity, 'name' | 'isSample' | 'path'> & { readonly file?: string };

/** An open file whose header has been read. */
interface OpenedFile {
  readonly reader: PositionedReader;
  readonly header: SafetensorsHeader;
}

async function openFile(
  file: string,
  chosenPath: string,
  options: OpenEmbeddingOptions,
): Promise<EmbeddingSource> {
  const reader = await openReader(file, options);
  return sourceOfReader(reader, { name: modelName(file, chosenPath), isSample: false, path: file }, options);
}

/** Of the shards only those are opened that may hold the embedding: nearly always one. What else the index says is not needed. */
async function openSharded(
  indexFile: string,
  folder: string,
  options: OpenEmbeddingOptions,
): Promise<EmbeddingSource> {
  const shards = await withReader(await openReader(indexFile, options), (reader) =>
    readShardIndex(reader, options.signal),
  );
  const fileOf = (name: string): string => path.join(path.dirname(indexFile), shards.shardOf(name) ?? '');
  const opened = new Map<string, OpenedFile>();
  try {
    const tensor = await findEmbeddingTensor({
      source: indexFile,
      names: shards.names,
      wanted: options.tensorName,
      describe: async (name) => {
        const file = fileOf(name);
        const shard = opened.get(file) ?? (await openWithHeader(file, options));
        opened.set(file, shard);
        return shard.header.tensors.get(name);
      },
      vocabularySizes: async () => (await readModelConfig(path.dirname(indexFile))).vocabularySizes,
      isConfigAtHand: true,
      absent: (name) =>
        new CheckpointError(
          'malformed',
          fileOf(name),
          `${path.basename(indexFile)} says that the tensor ${quoted(name)} is in this file, but it is not.`,
        ),
    });
    const file = fileOf(tensor.name);
    const start = { name: modelName(file, folder), isSample: false, path: file };
    const shard = opened.get(file);
    if (shard === undefined) {
      throw new Error(`${file} was described without being opened`);
    }
    const source = sourceOfTensor(shard.reader, tensor, start);
    opened.delete(file);
    return source;
  } finally {
    await Promise.all([...opened.values()].map(({ reader }) => reader.close()));
  }
}

async function openWithHeader(file: string, options: OpenEmbeddingOptions): Promise<OpenedFile> {
  const reader = await openReader(file, options);
  try {
    return { reader, header: await readSafetensorsHeader(reader, options.signal) };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** Takes the reader over: it is closed when the source is closed, or when this fails. */
async function sourceOfReader(
  reader: PositionedReader,
  start: IdentityStart,
  { tensorName, signal }: OpenEmbeddingOptions,
): Promise<EmbeddingSource> {
  try {
    const { tensors } = await readSafetensorsHeader(reader, signal);
    const tensor = await findEmbeddingTensor({
      source: reader.name,
      names: tensors.keys(),
      wanted: tensorName,
      describe: (name) => tensors.get(name),
      vocabularySizes: async () => (await readModelConfig(path.dirname(start.path))).vocabularySizes,
      isConfigAtHand: true,
    });
    return sourceOfTensor(reader, tensor, start);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** @throws {CheckpointError} for a tensor that is no matrix of floating-point numbers; the reader stays open. */
function sourceOfTensor(
  reader: PositionedReader,
  tensor: TensorInfo,
  { file, ...start }: IdentityStart,
): EmbeddingSource {
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
