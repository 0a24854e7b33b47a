import type { Steps } from '../../work/steps';
import { incomingNeighbors } from './incomingNeighbors';
import type { PlacedNeighbors } from './placedNeighbors';

/** Points between two interruptions: about a millisecond. */
const SOME_POINTS = 1024;

/** A graph whose edges have no direction, each of them listed at both of its ends. */
export interface SymmetricEdges {
  /** Where the edges of each point begin, and the last ones end: one more than there are points. */
  readonly offsets: Uint32Array;
  /** The point at the other end of each. */
  readonly targets: Uint32Array;
  /** 0 … 1, the same at both ends. */
  readonly weights: Float32Array;
}

/**
 * Joins both directions: of two memberships a and b, 0 for none, an edge has the weight a + b − a · b.
 *
 * @param memberships One for each neighbor.
 * @param least Edges that weigh less are left out.
 */
export function* symmetricEdges(
  placed: PlacedNeighbors,
  memberships: Float32Array,
  least: number,
): Steps<SymmetricEdges> {
  const { offsets: own, neighbors } = placed;
  const pointCount = own.length - 1;
  const incoming = yield* incomingNeighbors(placed, memberships);
  const offsets = new Uint32Array(pointCount + 1);
  const targets = new Uint32Array(2 * neighbors.length);
  const weights = new Float32Array(2 * neighbors.length);
  /** Where the edge to each point is, of the point that is looked at; −1 for none. */
  const edgeTo = new Int32Array(pointCount).fill(-1);
  let count = 0;
  for (let point = 0; point < pointCount; point++) {
    if (point % SOME_POINTS === 0) {
      yield;
    }
    const first = count;
    for (let at = own[point]; at < own[point + 1]; at++) {
      edgeTo[neighbors[at]] = count;
      targets[count] = neighbors[at];
      weights[count++] = memberships[at];
    }
    for (let at = incoming.offsets[point]; at < incoming.offsets[point + 1]; at++) {
      const source = incoming.sources[at];
      const edge = edgeTo[source];
      if (edge >= 0) {
        weights[edge] += incoming.values[at] - weights[edge] * incoming.values[at];
      } else {
        targets[count] = source;
        weights[count++] = incoming.values[at];
      }
    }
    const end = count;
    count = first;
    for (let edge = first; edge < end; edge++) {
      edgeTo[targets[edge]] = -1;
      if (weights[edge] >= least) {
        targets[count] = targets[edge];
        weights[count++] = weights[edge];
      }
    }
    offsets[point + 1] = count;
  }
  return { offsets, targets: targets.slice(0, count), weights: weights.slice(0, count) };
}
