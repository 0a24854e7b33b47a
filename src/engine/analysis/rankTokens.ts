import { countRanks, undecidedRows } from '../../core/embedding/analysis/rankCounting';
import { combinationFor } from '../../core/embedding/metric';
import { checkRow, queryVector } from '../../core/embedding/queryVector';
import type { EmbeddingSearch } from '../../core/embedding/search/embeddingSearch';
import { MAX_RANKED, type RankAnswer, type RankRequest } from '../embeddingEngine';
import { nextTask } from './nextTask';

/** Rows that are scored exactly between two looks at the signal: about 5 ms with 768 dimensions. */
const ROWS_AT_ONCE = 2048;

/**
 * Exact ranks of some tokens. Bounds place most rows; only those that they cannot place are read and scored.
 *
 * @throws {RangeError} for a token that is not ranked, or too many of them.
 * @throws The signal's reason when it is aborted.
 */
export async function rankTokens(
  search: EmbeddingSearch,
  request: RankRequest,
  signal: AbortSignal,
): Promise<RankAnswer> {
  const { metric } = request;
  const ids = rankedIds(search, request.ids);
  const query = queryVector(search, request.query.terms, combinationFor(metric));
  const scores = search.exactScores(query, metric, ids);
  const bounds = search.bounds(query, metric);
  const values = bounds.lower.slice();
  const undecided = undecidedRows(bounds, search.norms, scores);
  for (let first = 0; first < undecided.length; first += ROWS_AT_ONCE) {
    await nextTask();
    signal.throwIfAborted();
    const rows = undecided.subarray(first, first + ROWS_AT_ONCE);
    const exact = search.exactScores(query, metric, rows);
    rows.forEach((row, index) => {
      values[row] = exact[index] ?? NaN;
    });
  }
  return { scores, ranks: countRanks(metric, values, search.norms, ids, scores) };
}

/**
 * Ids that were asked for, checked.
 *
 * @throws {RangeError} when one is not a ranked token, or they are too many.
 */
export function rankedIds(search: EmbeddingSearch, ids: readonly number[]): Uint32Array {
  if (ids.length > MAX_RANKED) {
    throw new RangeError(`${ids.length} tokens were asked for at once, at most ${MAX_RANKED} can be.`);
  }
  for (const id of ids) {
    checkRow(search.norms, id);
  }
  return Uint32Array.from(ids);
}
