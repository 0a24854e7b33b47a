import { LAYOUT_NEIGHBORS } from './layoutSettings';
import { NearestPoints } from './nearestPoints';
import { PointTree } from './pointTree';
import { SeededNumbers } from './seededNumbers';

/** A point, and the 15 that lie nearest to it on the map, in no order; fewer where there are not so many. */
export interface Surroundings {
  readonly point: number;
  readonly around: Uint32Array;
}

/**
 * The surroundings of some points that a seed decides, no two the same.
 *
 * @param positions x and y of each point, finite.
 * @param size How many; all where there are not so many.
 */
export function sampleSurroundings(positions: Float32Array, size: number, seed: number): Surroundings[] {
  const points = Uint32Array.from({ length: positions.length / 2 }, (_, point) => point);
  const random = new SeededNumbers(seed);
  const tree = new PointTree(positions);
  const found = new NearestPoints(LAYOUT_NEIGHBORS);
  return Array.from({ length: Math.min(size, points.length) }, (_, taken) => {
    const chosen = taken + (random.uint32() % (points.length - taken));
    const point = points[chosen];
    points[chosen] = points[taken];
    points[taken] = point;
    tree.findNearest(point, found);
    return { point, around: found.points.slice(0, found.size) };
  });
}

/**
 * Trustworthiness (Venna and Kaski 2001): 1 where all that lies around a point is among its true neighbors; what is not lowers it by how
 * far away it truly is, down to 0 for the worst map that there can be.
 *
 * @param ranks Of each point of a sample, the ranks of its 15 nearest points among its true neighbors: 1 for the nearest.
 * @returns undefined for fewer than 47 points, of which not even the worst map is told from the best.
 */
export function trustworthiness(ranks: readonly ArrayLike<number>[], pointCount: number): number | undefined {
  const k = LAYOUT_NEIGHBORS;
  if (ranks.length === 0 || pointCount <= 3 * k + 1) {
    return undefined;
  }
  let beyond = 0;
  for (const ofPoint of ranks) {
    for (let at = 0; at < ofPoint.length; at++) {
      beyond += Math.max(0, ofPoint[at] - k);
    }
  }
  return 1 - (2 / (ranks.length * k * (2 * pointCount - 3 * k - 1))) * beyond;
}
