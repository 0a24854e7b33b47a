import type { WorldBox } from './camera';
import type { PointGrid } from './hitTest';

/** Corners of a polygon, x and y in turn. The last is joined to the first. */
export type Polygon = readonly number[];

/**
 * Whether a point lies in what a line drawn by hand goes round. Where the line crosses itself, what it goes round either way is
 * inside: the sum of its crossings with a ray, with their directions, is not 0 (the rule "nonzero" of SVG).
 */
export function isInside(polygon: Polygon, x: number, y: number): boolean {
  let turns = 0;
  let fromX = polygon[polygon.length - 2] ?? 0;
  let fromY = polygon[polygon.length - 1] ?? 0;
  for (let i = 0; i + 1 < polygon.length; i += 2) {
    const toX = polygon[i];
    const toY = polygon[i + 1];
    if (fromY <= y !== toY <= y) {
      // Which side of the edge the point lies on.
      const side = (toX - fromX) * (y - fromY) - (x - fromX) * (toY - fromY);
      if (toY > fromY ? side > 0 : side < 0) {
        turns += toY > fromY ? 1 : -1;
      }
    }
    fromX = toX;
    fromY = toY;
  }
  return turns !== 0;
}

export function boxOf(polygon: Polygon): WorldBox {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let i = 0; i + 1 < polygon.length; i += 2) {
    left = Math.min(left, polygon[i]);
    right = Math.max(right, polygon[i]);
    top = Math.min(top, polygon[i + 1]);
    bottom = Math.max(bottom, polygon[i + 1]);
  }
  return { left, top, right, bottom };
}

/**
 * @param positions x and y by id, those of the grid
 * @param accept which points count; all without it
 * @returns ids of the points inside, ascending
 */
export function idsInside(
  polygon: Polygon,
  positions: Float32Array,
  grid: PointGrid,
  accept: (id: number) => boolean = () => true,
): Uint32Array {
  if (polygon.length < 6) {
    return new Uint32Array(0);
  }
  const candidates = grid.inBox(boxOf(polygon));
  return Uint32Array.from(
    candidates.filter((id) => accept(id) && isInside(polygon, positions[2 * id], positions[2 * id + 1])),
  ).sort();
}
