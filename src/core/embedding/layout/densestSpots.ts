import type { Steps } from '../../work/steps';
import { typicalDiameter } from './layoutExtent';
import { squaredDistance } from './pointTree';

/**
 * Radius within which members are counted, as a share of that of the disc on which the region would lie if all points were spread evenly:
 * so that the heart of a region counts, not a clump of few, and the largest part of one that is torn.
 */
const RADIUS_SHARE = 0.5;
/** Pairs of points between two interruptions. */
const SOME_PAIRS = 20_000;

/**
 * The densest spot of each region: around the member that has the most members near it (of equals the first) the mean of these.
 *
 * @param positions x and y of each point, finite.
 * @param regionOf Region of each point.
 * @param regionCount Each has at least one point.
 * @returns x and y of each region.
 */
export function* densestSpots(
  positions: Float32Array,
  regionOf: Uint32Array,
  regionCount: number,
): Steps<Float32Array<ArrayBuffer>> {
  const spots = new Float32Array(2 * regionCount);
  const { offsets, points } = membersOf(regionOf, regionCount);
  const wholeRadius = typicalDiameter(positions) / 2;
  for (let region = 0; region < regionCount; region++) {
    const members = points.subarray(offsets[region], offsets[region + 1]);
    const radius = RADIUS_SHARE * wholeRadius * Math.sqrt(members.length / regionOf.length);
    const spot = yield* densestSpot(positions, members, radius);
    spots.set(spot, 2 * region);
  }
  return spots;
}

/** Points of each region, by rising number. */
function membersOf(
  regionOf: Uint32Array,
  regionCount: number,
): { readonly offsets: Uint32Array; readonly points: Uint32Array } {
  const offsets = new Uint32Array(regionCount + 1);
  for (const region of regionOf) {
    offsets[region + 1]++;
  }
  for (let region = 0; region < regionCount; region++) {
    offsets[region + 1] += offsets[region];
  }
  const next = offsets.slice();
  const points = new Uint32Array(regionOf.length);
  regionOf.forEach((region, point) => {
    points[next[region]++] = point;
  });
  return { offsets, points };
}

function* densestSpot(
  positions: Float32Array,
  members: Uint32Array,
  radius: number,
): Steps<readonly [x: number, y: number]> {
  const squaredRadius = radius * radius;
  let most = 0;
  let bestPoint = Infinity;
  let best: readonly number[] = [];
  let pairs = 0;
  for (const { points, around } of cellsByCount(positions, members, radius)) {
    // Nothing nearer than the radius lies outside the cells around a member.
    if (around.length < most) {
      break;
    }
    for (const point of points) {
      let count = 0;
      for (const other of around) {
        count += squaredDistance(positions, point, other) <= squaredRadius ? 1 : 0;
      }
      if (count > most || (count === most && point < bestPoint)) {
        most = count;
        bestPoint = point;
        best = around;
      }
      pairs += around.length;
      if (pairs > SOME_PAIRS) {
        pairs = 0;
        yield;
      }
    }
  }
  return meanOf(
    positions,
    best.filter((other) => squaredDistance(positions, bestPoint, other) <= squaredRadius),
  );
}

interface Cell {
  readonly points: readonly number[];
  /** Those in it and in the eight cells around it. */
  readonly around: readonly number[];
}

/** The cells of a grid as wide as the radius in which members lie: those with the most around them first. */
function cellsByCount(positions: Float32Array, members: Uint32Array, radius: number): Cell[] {
  // A little wider, so that rounding takes no near points two cells apart. Where all coincide, any width will do.
  const side = radius > 0 ? radius * (1 + 1e-6) : 1;
  const indexAt = (point: number, axis: 0 | 1): number => Math.floor(positions[2 * point + axis] / side);
  let firstRow = Infinity;
  let lastRow = -Infinity;
  for (const point of members) {
    const row = indexAt(point, 1);
    firstRow = Math.min(firstRow, row);
    lastRow = Math.max(lastRow, row);
  }
  /** Rows of a column, with room for one beyond each end. */
  const stride = lastRow - firstRow + 3;
  const cells = new Map<number, number[]>();
  for (const point of members) {
    const key = indexAt(point, 0) * stride + indexAt(point, 1) - firstRow;
    const cell = cells.get(key);
    if (cell === undefined) {
      cells.set(key, [point]);
    } else {
      cell.push(point);
    }
  }
  const around = (key: number): number[] =>
    [-stride, 0, stride].flatMap((column) =>
      [-1, 0, 1].flatMap((row) => cells.get(key + column + row) ?? []),
    );
  return [...cells]
    .map(([key, points]) => ({ points, around: around(key) }))
    .sort((a, b) => b.around.length - a.around.length);
}

function meanOf(positions: Float32Array, points: readonly number[]): readonly [x: number, y: number] {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += positions[2 * point];
    y += positions[2 * point + 1];
  }
  return [x / points.length, y / points.length];
}
