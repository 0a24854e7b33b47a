import type { Metric } from '../../../core/embedding/metric';
import type { EmbeddingSearch } from '../../../core/embedding/search/embeddingSearch';
import { nextTask } from '../../nextTask';

/** Rows that are scored exactly between two looks at the signal: about 5 ms with 768 dimensions. */
const ROWS_AT_ONCE = 2048;

/**
 * Scores some rows exactly, some at a time; other tasks run in between.
 *
 * @param rows Ranked rows, in any order; rising ones are read fastest.
 * @param scores Receives the score of each of these rows at the row's number; the others stay as they are.
 * @throws The signal's reason when it is aborted; it is looked at before each window.
 */
export async function scoreInWindows(
  search: EmbeddingSearch,
  query: Float64Array,
  metric: Metric,
  rows: Uint32Array,
  scores: Float64Array,
  signal: AbortSignal,
): Promise<void> {
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    await nextTask();
    signal.throwIfAborted();
    const some = rows.subarray(first, first + ROWS_AT_ONCE);
    const exact = search.exactScores(query, metric, some);
    some.forEach((row, index) => {
      scores[row] = exact[index] ?? NaN;
    });
  }
}
