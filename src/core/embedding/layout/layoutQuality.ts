import type { Steps } from '../../work/steps';
import { LAYOUT_NEIGHBORS } from './layoutSettings';
import { rootMeanSquareRadius, typicalDiameter } from './layoutExtent';
import { NearestPoints } from './nearestPoints';
import type { PlacedNeighbors } from './placedNeighbors';
import { PointTree, squaredDistance } from './pointTree';

/** Points around a point that an eye takes for near. */
export const NEAR_POINTS = 100;

/** How far a layout can be believed. Shares are of all true neighbors, or of all points, 0 … 1; 0 where there are none. */
export interface LayoutFigures {
  /** Of the true neighbors: those among the 15 points nearest to a point. */
  readonly kept: number;
  /** Of the true neighbors: those among the {@link NEAR_POINTS} nearest. */
  readonly near: number;
  /** Of the points: those that keep no true neighbor among their 15 nearest points. */
  readonly noneKept: number;
  /** Of the true neighbors: those farther away than a quarter of the map. */
  readonly torn: number;
  /** Of the points: those whose nearest neighbor is so far away. */
  readonly tornFirst: number;
}

export interface LayoutQuality {
  /** How many true neighbors of each point are among its {@link NEAR_POINTS} nearest points, 0 … 15. */
  readonly near: Uint8Array<ArrayBuffer>;
  readonly figures: LayoutFigures;
}

/** Points between two interruptions. */
const SOME_POINTS = 128;
const TORN_SHARE = 0.25;

/**
 * Compares the points around each point with its true neighbors.
 *
 * @param positions x and y of each point, finite.
 */
export function* judgeLayout(
  positions: Float32Array,
  { offsets, neighbors }: PlacedNeighbors,
): Steps<LayoutQuality> {
  const pointCount = positions.length / 2;
  const near = new Uint8Array(pointCount);
  const tree = new PointTree(positions);
  const around = new NearestPoints(NEAR_POINTS);
  const tornSquared = (TORN_SHARE * typicalDiameter(positions)) ** 2;
  let kept = 0;
  let noneKept = 0;
  let torn = 0;
  let tornFirst = 0;
  for (let point = 0; point < pointCount; point++) {
    tree.findNearest(point, around);
    let keptHere = 0;
    for (let at = offsets[point]; at < offsets[point + 1]; at++) {
      const squared = squaredDistance(positions, point, neighbors[at]);
      const rank = around.countNearer(neighbors[at], squared);
      keptHere += rank < LAYOUT_NEIGHBORS ? 1 : 0;
      near[point] += rank < NEAR_POINTS ? 1 : 0;
      if (squared > tornSquared) {
        torn++;
        tornFirst += at === offsets[point] ? 1 : 0;
      }
    }
    kept += keptHere;
    noneKept += keptHere === 0 ? 1 : 0;
    if (point % SOME_POINTS === 0) {
      yield;
    }
  }
  const shareOfNeighbors = (count: number): number => count / Math.max(1, neighbors.length);
  const shareOfPoints = (count: number): number => count / Math.max(1, pointCount);
  const nearCount = near.reduce((sum, count) => sum + count, 0);
  return {
    near,
    figures: {
      kept: shareOfNeighbors(kept),
      near: shareOfNeighbors(nearCount),
      noneKept: shareOfPoints(noneKept),
      torn: shareOfNeighbors(torn),
      tornFirst: shareOfPoints(tornFirst),
    },
  };
}

/** Two points nearer than this share of the map's radius count as beside each other. */
const BESIDE_SHARE = 0.1;

/**
 * The share of pairs of points that lie beside each other, 0 … 1: nearer than a tenth of the map's root mean square radius.
 *
 * @param pairs Two points each; as of a word with and without a space before it.
 */
export function shareBeside(positions: Float32Array, pairs: readonly (readonly [number, number])[]): number {
  const limit = (BESIDE_SHARE * rootMeanSquareRadius(positions)) ** 2;
  const beside = pairs.filter(([point, other]) => squaredDistance(positions, point, other) < limit);
  return beside.length / Math.max(1, pairs.length);
}
