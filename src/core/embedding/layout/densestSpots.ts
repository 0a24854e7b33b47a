import type { Steps } from '../../work/steps';
import { typicalDiameter } from './layoutExtent';
import { membersOfGroups } from './membersOfGroups';
import { RadiusCells } from './radiusCells';

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
  const { offsets, members: points } = membersOfGroups(regionOf, regionCount);
  const wholeRadius = typicalDiameter(positions) / 2;
  for (let region = 0; region < regionCount; region++) {
    const members = points.subarray(offsets[region], offsets[region + 1]);
    const radius = RADIUS_SHARE * wholeRadius * Math.sqrt(members.length / regionOf.length);
    const spot = yield* densestSpot(positions, members, radius);
    spots.set(spot, 2 * region);
    yield;
  }
  return spots;
}

function* densestSpot(
  positions: Float32Array,
  members: Uint32Array,
  radius: number,
): Steps<readonly [x: number, y: number]> {
  const cells = new RadiusCells(positions, members, radius);
  let most = 0;
  let best = 0;
  let pairs = 0;
  for (const { first, end, countAround } of cells.byCountAround()) {
    // Nothing nearer than the radius lies outside the cells around a member.
    if (countAround < most) {
      break;
    }
    for (let place = first; place < end; place++) {
      const count = cells.countNear(place);
      if (count > most || (count === most && cells.points[place] < cells.points[best])) {
        most = count;
        best = place;
      }
      pairs += countAround;
      if (pairs > SOME_PAIRS) {
        pairs = 0;
        yield;
      }
    }
  }
  return cells.meanNear(best);
}
