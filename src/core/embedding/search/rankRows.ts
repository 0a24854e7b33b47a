import { isDistance, type Metric } from '../metric';

/**
 * The best rows of some that were scored exactly: best first, equal scores by rising id.
 *
 * @param ids Rows in any order, each once.
 * @param scores One a row.
 * @param k At most this many.
 */
export function rankRows(
  metric: Metric,
  ids: Uint32Array,
  scores: Float64Array,
  k: number,
): { ids: Uint32Array; scores: Float64Array } {
  const sign = isDistance(metric) ? -1 : 1;
  const order = Uint32Array.from(ids.keys()).sort(
    (a, b) => sign * (scores[b] - scores[a]) || ids[a] - ids[b],
  );
  const best = order.subarray(0, k);
  return {
    ids: Uint32Array.from(best, (index) => ids[index]),
    scores: Float64Array.from(best, (index) => scores[index]),
  };
}

/** How many rows to answer. @throws {RangeError} when k is not at least 1. */
export function requestedCount(k: number, available: number): number {
  if (!(k >= 1)) {
    throw new RangeError(`The number of neighbors must be at least 1, not ${k}.`);
  }
  return Math.min(Math.floor(k), available);
}
