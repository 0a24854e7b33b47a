import { BestValues } from '../bestValues';
import type { PreparedQuery } from '../search/preparedQuery';
import { rankRows } from '../search/rankRows';
import type { ExactRows } from './exactRows';
import type { Candidates } from './scanRequest';

/** Rows that are scored before it is looked whether more are needed. */
const PORTION = 32;

/**
 * The k best of a scan's candidates: scored exactly in the order of their upper bounds, until no bound can reach the k-th best.
 *
 * @param extreme Rows without bounds: always scored.
 */
export function rescoreCandidates(
  exact: ExactRows,
  prepared: PreparedQuery,
  candidates: Candidates,
  extreme: Uint32Array,
  k: number,
): { ids: Uint32Array; scores: Float64Array; rescored: number } {
  const { ids, bounds } = byUpperBound(candidates);
  const scoredIds = new Uint32Array(extreme.length + ids.length);
  const scores = new Float64Array(scoredIds.length);
  const best = new BestValues(k);
  let scored = 0;
  const score = (some: Uint32Array): void => {
    const end = scored + some.length;
    // By rising id: neighbors in a file are read in one go.
    const portion = scoredIds.subarray(scored, end);
    portion.set(some);
    portion.sort();
    const target = scores.subarray(scored, end);
    exact.score(portion, target);
    for (const value of target) {
      best.add(rankValue(prepared, value));
    }
    scored = end;
  };
  score(extreme);
  const scale = prepared.metric === 'cosine' || prepared.metric === 'centered' ? 1 : prepared.length;
  for (let next = 0; next < ids.length;) {
    if (best.isFull && bounds[next] * scale < best.smallest) {
      break;
    }
    const end = Math.min(ids.length, next + Math.max(PORTION, k - scored));
    score(ids.subarray(next, end));
    next = end;
  }
  const answer = rankRows(prepared.metric, scoredIds.subarray(0, scored), scores.subarray(0, scored), k);
  return { ...answer, rescored: scored };
}

/** A score in the units of the bounds, times the query's length: see scoreForms.ts. Larger is better. */
function rankValue({ metric, squared }: PreparedQuery, score: number): number {
  return metric === 'euclidean' ? (squared - score * score) / 2 : score;
}

/** Candidates that still reach the threshold, by falling upper bound, of equal ones in their order. */
function byUpperBound({ threshold, ids, upperBounds }: Candidates): {
  ids: Uint32Array;
  bounds: Float32Array;
} {
  const reaching = new Uint32Array(ids.length);
  let count = 0;
  for (let position = 0; position < ids.length; position++) {
    if (upperBounds[position] >= threshold) {
      reaching[count++] = position;
    }
  }
  const positions = sortedByBound(reaching.subarray(0, count), upperBounds);
  const sortedIds = new Uint32Array(count);
  const bounds = new Float32Array(count);
  for (let place = 0; place < count; place++) {
    sortedIds[place] = ids[positions[place]];
    bounds[place] = upperBounds[positions[place]];
  }
  return { ids: sortedIds, bounds };
}

/** Numbers that a key can hold beside a bound: 2³² · 2²¹ is what a double holds exactly. */
const KEY_NUMBERS = 2 ** 21;

/** @param positions Rising. */
function sortedByBound(positions: Uint32Array, upperBounds: Float32Array): Uint32Array {
  if (positions.length > KEY_NUMBERS) {
    // So many that cannot be told apart are rare, and slow: rows that are nearly all the same.
    return positions.sort((a, b) => upperBounds[b] - upperBounds[a] || a - b);
  }
  // Bound and number in one, so that the platform's own sort can be used: 32 bits that order like the float32, inverted, then the number.
  const bits = new Int32Array(upperBounds.slice().buffer);
  const keys = new Float64Array(positions.length);
  for (let number = 0; number < keys.length; number++) {
    const pattern = bits[positions[number]];
    const order = pattern < 0 ? pattern ^ 0x7fffffff : pattern;
    keys[number] = (0x7fffffff - order) * KEY_NUMBERS + number;
  }
  keys.sort();
  const sorted = new Uint32Array(keys.length);
  for (let place = 0; place < keys.length; place++) {
    sorted[place] = positions[keys[place] % KEY_NUMBERS];
  }
  return sorted;
}
