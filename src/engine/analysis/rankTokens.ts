import { countRanks, undecidedRows } from '../../core/embedding/analysis/rankCounting';
import { checkRow } from '../../core/embedding/queryVector';
import { hasRow } from '../../core/embedding/search/allowedRows';
import type { EmbeddingSearch } from '../../core/embedding/search/embeddingSearch';
import { MAX_RANKED, type RankAnswer, type RankRequest } from '../embeddingEngine';
import { nextTask } from '../nextTask';
import { requestedVector } from '../requestedVector';

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
  const query = requestedVector(search, request.query, metric);
  const counted = countedRows(search.norms, request.allowed);
  const scores = search.exactScores(query, metric, ids);
  const bounds = search.bounds(query, metric);
  const values = bounds.lower.slice();
  const undecided = undecidedRows(bounds, counted, scores);
  for (let first = 0; first < undecided.length; first += ROWS_AT_ONCE) {
    await nextTask();
    signal.throwIfAborted();
    const rows = undecided.subarray(first, first + ROWS_AT_ONCE);
    const exact = search.exactScores(query, metric, rows);
    rows.forEach((row, index) => {
      values[row] = exact[index] ?? NaN;
    });
  }
  return {
    scores,
    ranks: countRanks(metric, values, counted, ids, scores),
    rankedCount: counted.reduce((count, norm) => (Number.isNaN(norm) ? count : count + 1), 0),
  };
}

/** The norms of the rows that ranks count; NaN for all others. */
function countedRows(norms: Float64Array, allowed: Uint32Array | undefined): Float64Array {
  return allowed === undefined ? norms : norms.map((norm, row) => (hasRow(allowed, row) ? norm : NaN));
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
