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

/** Candidates that still reach the threshold, by falling upper bound. */
function byUpperBound({ threshold, ids, upperBounds }: Candidates): {
  ids: Uint32Array;
  bounds: Float32Array;
} {
  // Bound and position in one number, so that the platform's own sort can be used: 32 bits that order like the float32,
  // inverted, then the position.
  const bits = new Int32Array(upperBounds.slice().buffer);
  const keys = new Float64Array(ids.length);
  let count = 0;
  for (let position = 0; position < ids.length; position++) {
    if (upperBounds[position] >= threshold) {
      const order = bits[position] < 0 ? bits[position] ^ 0x7fffffff : bits[position];
      keys[count++] = (0x7fffffff - order) * POSITIONS + position;
    }
  }
  const sorted = keys.subarray(0, count).sort();
  const positions = Uint32Array.from(sorted, (key) => key % POSITIONS);
  return {
    ids: Uint32Array.from(positions, (position) => ids[position]),
    bounds: Float32Array.from(positions, (position) => upperBounds[position]),
  };
}

/** More than there are rows: 2³² · 2²¹ is what a double holds exactly. */
const POSITIONS = 2 ** 21;
