import type { Steps } from '../../work/steps';
import { incomingNeighbors } from './incomingNeighbors';
import type { PlacedNeighbors } from './placedNeighbors';
import { PointQueue } from './pointQueue';

/** Points one after the other, each of them a neighbor of the next or the other way round. */
export interface Way {
  /** From the one end to the other; the ends alone where they are the same point. */
  readonly points: Uint32Array<ArrayBuffer>;
  /** Cosine of each point and the next: one less than there are points. */
  readonly similarities: Float32Array<ArrayBuffer>;
}

/** Points between two interruptions. */
const SOME_POINTS = 256;

/**
 * The cheapest way between two points over the lists of neighbors, taken in both directions (Dijkstra 1959). A step costs
 * (1 − cosine)²: many short steps are cheaper than a long one.
 *
 * @returns undefined where no way leads from the one to the other.
 */
export function* cheapestWay(placed: PlacedNeighbors, from: number, to: number): Steps<Way | undefined> {
  const { offsets, neighbors, similarities } = placed;
  const pointCount = offsets.length - 1;
  const incoming = yield* incomingNeighbors(placed, similarities);
  const costs = new Float64Array(pointCount).fill(Infinity);
  /** The point before each on the cheapest way to it, and the cosine of the two. */
  const before = new Int32Array(pointCount).fill(-1);
  const cosines = new Float32Array(pointCount);
  const queue = new PointQueue(costs);
  costs[from] = 0;
  queue.add(from);
  for (let taken = 1; ; taken++) {
    const point = queue.take();
    if (point === undefined) {
      return undefined;
    }
    if (point === to) {
      return wayTo(to, before, cosines);
    }
    const step = (other: number, cosine: number): void => {
      const distance = Math.max(0, 1 - cosine);
      const cost = costs[point] + distance * distance;
      if (cost < costs[other]) {
        costs[other] = cost;
        before[other] = point;
        cosines[other] = cosine;
        queue.add(other);
      }
    };
    for (let at = offsets[point]; at < offsets[point + 1]; at++) {
      step(neighbors[at], similarities[at]);
    }
    for (let at = incoming.offsets[point]; at < incoming.offsets[point + 1]; at++) {
      step(incoming.sources[at], incoming.values[at]);
    }
    if (taken % SOME_POINTS === 0) {
      yield;
    }
  }
}

function wayTo(end: number, before: Int32Array, cosines: Float32Array): Way {
  const points: number[] = [];
  const similarities: number[] = [];
  for (let point = end; point >= 0; point = before[point]) {
    points.push(point);
    if (before[point] >= 0) {
      similarities.push(cosines[point]);
    }
  }
  return {
    points: Uint32Array.from(points.reverse()),
    similarities: Float32Array.from(similarities.reverse()),
  };
}
