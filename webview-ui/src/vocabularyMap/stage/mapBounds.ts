import type { WorldBox } from './camera';

export interface MapBounds {
  /** Where all points are but the outermost thousandth on each side: islands drift outward, and would make the rest small. */
  readonly most: WorldBox;
  readonly whole: WorldBox;
}

const OUTER_SHARE = 0.001;
const NOWHERE: WorldBox = { left: -1, top: -1, right: 1, bottom: 1 };

/** @param positions x and y by token id; those that are not finite have no place */
export function mapBounds(positions: Float32Array): MapBounds {
  const xs = sortedAxis(positions, 0);
  const ys = sortedAxis(positions, 1);
  if (xs.length === 0) {
    return { most: NOWHERE, whole: NOWHERE };
  }
  const box = (share: number): WorldBox => ({
    left: quantile(xs, share),
    top: quantile(ys, share),
    right: quantile(xs, 1 - share),
    bottom: quantile(ys, 1 - share),
  });
  return { most: box(OUTER_SHARE), whole: box(0) };
}

function sortedAxis(positions: Float32Array, axis: 0 | 1): Float32Array {
  const values = new Float32Array(positions.length / 2);
  let count = 0;
  for (let i = 0; i < positions.length; i += 2) {
    // A point has a place where both are finite.
    if (Number.isFinite(positions[i] + positions[i + 1])) {
      values[count++] = positions[i + axis];
    }
  }
  return values.subarray(0, count).sort();
}

/** The value at or just below a share of a sorted list: no value between two, which no point has. */
function quantile(sorted: Float32Array, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))];
}
