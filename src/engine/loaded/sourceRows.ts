import type { RowStore } from '../../core/embedding/search/embeddingSearch';
import type { EmbeddingSource } from '../../model/embeddingSource';

/** The rows of a source, read from its file whenever they are needed. */
export function rowsOf(source: EmbeddingSource): RowStore {
  const { rowCount, dimension } = source.identity;
  return {
    rowCount,
    dimension,
    copyRows: (ids, target) => {
      source.copyRows(ids, target);
    },
  };
}
