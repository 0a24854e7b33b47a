import { IndexMemory } from '../src/core/embedding/index/indexMemory';
import { IndexedSearch } from '../src/core/embedding/index/indexedSearch';
import { buildIndex, measureCenteredLengths } from '../src/engine/loaded/buildIndex';
import { rowsOf } from '../src/engine/loaded/sourceRows';
import { openEmbeddingSource } from '../src/model/embeddingSource';

/**
 * Opens a checkpoint and builds its index in this thread.
 *
 * @param {string} file
 * @returns {Promise<{source: import('../src/model/embeddingSource').EmbeddingSource, search: IndexedSearch}>}
 */
export async function searchedModel(file) {
  const source = await openEmbeddingSource({ kind: 'file', path: file });
  const { rowCount, dimension } = source.identity;
  const memory = new IndexMemory(rowCount, dimension);
  const { signal } = new AbortController();
  const search = new IndexedSearch(memory, await buildIndex(source, memory, signal), rowsOf(source));
  await measureCenteredLengths(source, memory, signal);
  search.useCenteredLengths();
  return { source, search };
}
