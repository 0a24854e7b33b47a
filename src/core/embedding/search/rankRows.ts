import { BestValues } from '../bestValues';
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
  const best = reachingKth(scores, sign, k)
    .sort((a, b) => sign * (scores[b] - scores[a]) || ids[a] - ids[b])
    .subarray(0, k);
  const bestIds = new Uint32Array(best.length);
  const bestScores = new Float64Array(best.length);
  best.forEach((index, place) => {
    bestIds[place] = ids[index];
    bestScores[place] = scores[index];
  });
  return { ids: bestIds, scores: bestScores };
}

/** Where the scores are that are as good as the k-th best: only these need be put in order. */
function reachingKth(scores: Float64Array, sign: number, k: number): Uint32Array {
  const isLonger = scores.length > k && k > 0;
  const best = new BestValues(isLonger ? k : 0);
  for (let index = 0; isLonger && index < scores.length; index++) {
    best.add(sign * scores[index]);
  }
  const reaching = new Uint32Array(scores.length);
  let count = 0;
  for (let index = 0; index < scores.length; index++) {
    if (!isLonger || sign * scores[index] >= best.smallest) {
      reaching[count++] = index;
    }
  }
  return reaching.subarray(0, count);
}

/** How many rows to answer. @throws {RangeError} when k is not at least 1. */
export function requestedCount(k: number, available: number): number {
  if (!(k >= 1)) {
    throw new RangeError(`The number of neighbors must be at least 1, not ${k}.`);
  }
  return Math.min(Math.floor(k), available);
}
