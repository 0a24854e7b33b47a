import type { MapView } from '../../../src/protocol/answerView';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the map's points are drawn, in CSS pixels from the top left of the drawing. */
export interface MapGeometry {
  readonly width: number;
  readonly height: number;
  readonly query: Point;
  readonly points: readonly Point[];
}

/** Room for labels left and right, at most this share of the width. */
const SIDE_MARGIN = 46;
const SIDE_SHARE = 0.12;
const TOP_MARGIN = 20;
/** Labels of the lowest points and the caption of the first axis. */
const BOTTOM_MARGIN = 30;

/** Fits the query and its neighbors into a drawing. Both axes fill it: their captions say how much each one means. */
export function mapGeometry(map: MapView, width: number, height: number): MapGeometry {
  const side = Math.min(SIDE_MARGIN, width * SIDE_SHARE);
  const all = [map.query, ...map.points];
  const toX = linearScale(
    all.map(([first]) => first),
    side,
    width - side,
  );
  // The second component grows upward.
  const toY = linearScale(
    all.map(([, second]) => second),
    height - BOTTOM_MARGIN,
    TOP_MARGIN,
  );
  const place = ([first, second]: readonly [number, number]): Point => ({ x: toX(first), y: toY(second) });
  return { width, height, query: place(map.query), points: map.points.map(place) };
}

function linearScale(values: readonly number[], from: number, to: number): (value: number) => number {
  const lowest = Math.min(...values);
  const spread = Math.max(...values) - lowest;
  // One point, or several on one another: the middle is as good as any place.
  if (!(spread > 0)) {
    return () => (from + to) / 2;
  }
  return (value) => from + ((value - lowest) / spread) * (to - from);
}

/** The number of the point nearest to a place, undefined when none is within reach. At most 1,000 points: a look at each. */
export function nearestPoint(
  points: readonly Point[],
  x: number,
  y: number,
  reach: number,
): number | undefined {
  let best: number | undefined;
  let bestDistance = reach;
  points.forEach((point, index) => {
    const distance = Math.hypot(point.x - x, point.y - y);
    // Of points on one spot the better neighbor, which is drawn on top.
    if (distance < bestDistance) {
      best = index;
      bestDistance = distance;
    }
  });
  return best;
}

/** How much a point off the line of the direction counts as farther. */
const OFF_LINE_WEIGHT = 2;

/**
 * The point that an arrow key leads to: the nearest one within 45° of the direction, one straight ahead preferred.
 *
 * @param direction a unit vector; y points down
 * @returns undefined when there is none
 */
export function pointInDirection(
  points: readonly Point[],
  from: Point,
  direction: Point,
): number | undefined {
  let best: number | undefined;
  let bestCost = Infinity;
  points.forEach((point, index) => {
    const ahead = (point.x - from.x) * direction.x + (point.y - from.y) * direction.y;
    const aside = Math.abs((point.x - from.x) * direction.y - (point.y - from.y) * direction.x);
    const cost = ahead + OFF_LINE_WEIGHT * aside;
    if (ahead > 0 && aside <= ahead && cost < bestCost) {
      best = index;
      bestCost = cost;
    }
  });
  return best;
}
