import type { Steps } from '../../work/steps';
import type { PlacedNeighbors } from './placedNeighbors';

/** The lists of neighbors turned round: of each point, those that have it among their own neighbors. */
export interface IncomingNeighbors {
  /** Where those of each point begin, and the last ones end: one more than there are points. */
  readonly offsets: Uint32Array;
  /** Points, rising within those of a point. */
  readonly sources: Uint32Array;
  /** What their lists hold of the point. */
  readonly values: Float32Array;
}

/** Points between two interruptions: about a millisecond. */
const SOME_POINTS = 4096;

/** @param values One for each neighbor. */
export function* incomingNeighbors(
  { offsets: own, neighbors }: Pick<PlacedNeighbors, 'offsets' | 'neighbors'>,
  values: Float32Array,
): Steps<IncomingNeighbors> {
  const pointCount = own.length - 1;
  const offsets = new Uint32Array(pointCount + 1);
  for (const neighbor of neighbors) {
    offsets[neighbor + 1]++;
  }
  for (let point = 0; point < pointCount; point++) {
    offsets[point + 1] += offsets[point];
  }
  const next = offsets.slice();
  const sources = new Uint32Array(neighbors.length);
  const incoming = new Float32Array(neighbors.length);
  for (let point = 0; point < pointCount; point++) {
    if (point % SOME_POINTS === 0) {
      yield;
    }
    for (let at = own[point]; at < own[point + 1]; at++) {
      const place = next[neighbors[at]]++;
      sources[place] = point;
      incoming[place] = values[at];
    }
  }
  return { offsets, sources, values: incoming };
}
