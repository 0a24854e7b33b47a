import { IndexMemory } from '../../../src/core/embedding/index/indexMemory';
import { IndexedSearch } from '../../../src/core/embedding/index/indexedSearch';
import { LoopSearch } from '../../../src/core/embedding/search/loopSearch';
import { MemoryRows } from '../../../src/core/embedding/search/memoryRows';
import { buildIndex, measureCenteredLengths } from '../../../src/engine/loaded/buildIndex';
import type { EmbeddingSource } from '../../../src/model/embeddingSource';
import { testIdentity } from '../../fixtures/checkpoints/testIdentity';
import { testedKernel } from '../../fixtures/kernel/onEachKernel';
import type { TestMatrix } from './testMatrix';

/** A matrix of a test as a source of rows. */
export function sourceOf({ rowCount, dimension, values }: TestMatrix): EmbeddingSource {
  const rows = new MemoryRows(rowCount, dimension, values);
  return {
    identity: testIdentity(rowCount, dimension),
    file: '',
    readRows: (firstRow, target, signal) => {
      signal?.throwIfAborted();
      target.set(values.subarray(firstRow * dimension, firstRow * dimension + target.length));
      return Promise.resolve();
    },
    copyRows: (ids, target) => {
      rows.copyRows(ids, target);
    },
    isUnchanged: () => true,
    close: () => Promise.resolve(),
  };
}

/** Memory for an index of the kernel that is tested. */
export function testedMemory(rowCount: number, dimension: number, scanAreas?: number): IndexMemory {
  // The fewest blocks: what is judged with half of the query, after a first chunk, is so in small matrices too.
  return new IndexMemory(rowCount, dimension, { scanAreas, kernelKind: testedKernel(), chunkBlocks: 4 });
}

/** The index of a source, built as the engine builds it. */
export async function indexSource(
  source: EmbeddingSource,
  memory = testedMemory(source.identity.rowCount, source.identity.dimension),
): Promise<IndexedSearch> {
  const { rowCount, dimension } = source.identity;
  const { signal } = new AbortController();
  const figures = await buildIndex(source, memory, signal);
  const copyRows = (ids: Uint32Array, target: Float32Array): void => {
    source.copyRows(ids, target);
  };
  const search = new IndexedSearch(memory, figures, { rowCount, dimension, copyRows });
  await measureCenteredLengths(source, memory, signal);
  search.useCenteredLengths();
  return search;
}

export function indexMatrix(matrix: TestMatrix): Promise<IndexedSearch> {
  return indexSource(sourceOf(matrix));
}

export function loopOver({ rowCount, dimension, values }: TestMatrix): LoopSearch {
  return new LoopSearch(new MemoryRows(rowCount, dimension, values));
}
