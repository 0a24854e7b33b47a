import { IndexMemory } from '../../core/embedding/index/indexMemory';
import type { IndexFigures } from '../../core/embedding/index/indexContents';
import { IndexedSearch } from '../../core/embedding/index/indexedSearch';
import { canRunKernel } from '../../core/embedding/kernel/kernelModule';
import { outOfMemory } from '../../core/embedding/matrixShape';
import type { EmbeddingSearch } from '../../core/embedding/search/embeddingSearch';
import { LoopSearch } from '../../core/embedding/search/loopSearch';
import { MemoryRows } from '../../core/embedding/search/memoryRows';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import type { EmbeddingSource } from '../../model/embeddingSource';
import { buildIndex, measureCenteredLengths } from './buildIndex';
import { removeLeftovers } from './cache/cacheFolder';
import { isSameSource, identityOfSource, type SourceIdentity } from './cache/sourceIdentity';
import type { LoadProgress } from '../questions/loadOptions';
import { keepIndex, readKeptIndex } from './indexCache';
import { eachRowWindow } from './rowWindows';
import { rowsOf } from './sourceRows';

/** What computes: `fastest` is WebAssembly where this runtime has it, else the loop. All give the same answers. */
export type KernelChoice = 'fastest' | 'loop';

export interface OpenedSearch {
  readonly search: EmbeddingSearch;
  /** What the first answer need not wait for; not there where nothing is left to do. */
  readonly rest?: IndexRest;
}

export interface IndexRest {
  /** Measures what the metric `centered` needs. */
  measureCentered(signal: AbortSignal): Promise<void>;
  /** Keeps the index on disk, where that is wanted and it is not there, and makes room there; to be called after that. */
  keep(signal: AbortSignal): Promise<void>;
}

/**
 * Makes a source searchable: reads its index from the cache folder, or builds it.
 *
 * @param cacheFolder Where indexes are kept; undefined: nowhere.
 * @throws {CheckpointError} `too-large` with the figure in MB when the memory cannot be had, and when the file cannot be read.
 * @throws The signal's reason when it is aborted.
 */
export async function openSearch(
  source: EmbeddingSource,
  cacheFolder: string | undefined,
  kernel: KernelChoice,
  signal: AbortSignal,
  onProgress?: (progress: LoadProgress) => void,
): Promise<OpenedSearch> {
  const { rowCount, dimension, path, name } = source.identity;
  try {
    return kernel === 'fastest' && canRunKernel()
      ? await openIndex(source, cacheFolder, new IndexMemory(rowCount, dimension), signal, onProgress)
      : { search: await openLoop(source, signal, onProgress) };
  } catch (error) {
    if (error instanceof RangeError) {
      throw new CheckpointError('too-large', path === '' ? name : path, error.message, { cause: error });
    }
    throw error;
  }
}

async function openIndex(
  source: EmbeddingSource,
  cacheFolder: string | undefined,
  memory: IndexMemory,
  signal: AbortSignal,
  onProgress: ((progress: LoadProgress) => void) | undefined,
): Promise<OpenedSearch> {
  const identity = cacheFolder === undefined ? undefined : await identityOf(source);
  if (cacheFolder !== undefined && identity !== undefined) {
    const kept = await readKeptIndex(cacheFolder, identity, memory, signal);
    if (kept !== undefined) {
      const search = new IndexedSearch(memory, kept, rowsOf(source));
      search.useCenteredForm();
      // Most loads write nothing: what killed programs left would never go where only a write made room.
      const removeLater = async (): Promise<void> => {
        await removeLeftovers(cacheFolder);
      };
      return { search, rest: { measureCentered: () => Promise.resolve(), keep: removeLater } };
    }
  }
  const figures = await buildIndex(source, memory, signal, onProgress);
  const search = new IndexedSearch(memory, figures, rowsOf(source));
  return {
    search,
    rest: {
      measureCentered: async (restSignal) => {
        await measureCenteredLengths(source, memory, restSignal);
        search.useCenteredLengths();
      },
      keep: async (restSignal) => {
        if (cacheFolder !== undefined && identity !== undefined) {
          await keep(cacheFolder, identity, source, memory, figures, restSignal);
        }
      },
    },
  };
}

async function keep(
  cacheFolder: string,
  identity: SourceIdentity,
  source: EmbeddingSource,
  memory: IndexMemory,
  figures: IndexFigures,
  signal: AbortSignal,
): Promise<void> {
  // What was read of a file that has changed meanwhile belongs to no version of it.
  if (isSameSource(identity, await identityOf(source))) {
    await keepIndex(cacheFolder, identity, memory, figures, signal);
  }
}

/** undefined for a file that is another one by now. */
async function identityOf(source: EmbeddingSource): Promise<SourceIdentity | undefined> {
  const identity = await identityOfSource(source);
  return source.isUnchanged() ? identity : undefined;
}

async function openLoop(
  source: EmbeddingSource,
  signal: AbortSignal,
  onProgress: ((progress: LoadProgress) => void) | undefined,
): Promise<LoopSearch> {
  const { identity } = source;
  const { rowCount, dimension } = identity;
  const values = allocate(rowCount, dimension);
  onProgress?.({ rowsDone: 0, rowCount, model: identity });
  await eachRowWindow(source, signal, (rows, firstRow) => {
    values.set(rows, firstRow * dimension);
    onProgress?.({ rowsDone: firstRow + rows.length / dimension, rowCount, model: identity });
  });
  return new LoopSearch(new MemoryRows(rowCount, dimension, values));
}

function allocate(rowCount: number, dimension: number): Float32Array {
  try {
    return new Float32Array(rowCount * dimension);
  } catch (error) {
    throw outOfMemory(rowCount, dimension, rowCount * dimension * Float32Array.BYTES_PER_ELEMENT, error);
  }
}
