import { countRanks, undecidedRows } from '../../../core/embedding/analysis/rankCounting';
import { checkRow } from '../../../core/embedding/queryVector';
import { hasRow } from '../../../core/embedding/search/allowedRows';
import type { EmbeddingSearch } from '../../../core/embedding/search/embeddingSearch';
import { MAX_RANKED, type RankAnswer, type RankRequest } from '../../questions/rankAnswer';
import { orderingVector } from '../requestedVector';
import type { ModelAnalysis } from './modelAnalysis';
import { scoreInWindows } from './scoreInWindows';

/**
 * Exact ranks of some tokens. Bounds place most rows; only those that they cannot place are read and scored.
 *
 * @throws {RangeError} for a token that is not ranked, or too many of them; as {@link orderingVector}.
 * @throws The signal's reason when it is aborted.
 */
export async function rankTokens(
  analysis: ModelAnalysis,
  request: RankRequest,
  signal: AbortSignal,
): Promise<RankAnswer> {
  const { search } = analysis;
  const { metric } = request;
  if (metric === 'centered') {
    await analysis.measureCentered(signal);
  }
  const ids = rankedIds(search, request.ids);
  const query = orderingVector(search, request.query, metric);
  const counted = countedRows(search.norms, request.allowed);
  const scores = search.exactScores(query, metric, ids);
  const bounds = search.bounds(query, metric);
  const values = bounds.lower.slice();
  const undecided = undecidedRows(bounds, counted, scores);
  await scoreInWindows(search, query, metric, undecided, values, signal);
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
