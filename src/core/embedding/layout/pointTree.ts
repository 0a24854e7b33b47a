import type { NearestPoints } from './nearestPoints';

/** So few points are looked at one by one. */
const LEAF_POINTS = 24;

/**
 * Finds the points around a point: a k-d tree without nodes. The middle of a range parts its points into those before it and those behind
 * it, by x and by y in turn.
 */
export class PointTree {
  private readonly order: Uint32Array;

  /** @param positions x and y of each point, finite; not to be changed. */
  constructor(private readonly positions: Float32Array) {
    this.order = Uint32Array.from({ length: positions.length / 2 }, (_, point) => point);
    this.arrange(0, this.order.length, 0);
  }

  /**
   * Finds the points nearest to one, itself left out, by Euclidean distance; of equally far ones those of lower numbers.
   *
   * @param found Receives as many as it has room for, in place of what it holds.
   */
  findNearest(point: number, found: NearestPoints): void {
    found.clear();
    this.search(0, this.order.length, 0, point, found);
  }

  private search(first: number, end: number, axis: 0 | 1, point: number, found: NearestPoints): void {
    if (end - first <= LEAF_POINTS) {
      for (let place = first; place < end; place++) {
        this.meet(place, point, found);
      }
      return;
    }
    const middle = (first + end) >> 1;
    const { order, positions } = this;
    const beyond = positions[2 * point + axis] - positions[2 * order[middle] + axis];
    const next = axis === 0 ? 1 : 0;
    if (beyond < 0) {
      this.search(first, middle, next, point, found);
    } else {
      this.search(middle + 1, end, next, point, found);
    }
    this.meet(middle, point, found);
    if (beyond * beyond <= found.limit) {
      if (beyond < 0) {
        this.search(middle + 1, end, next, point, found);
      } else {
        this.search(first, middle, next, point, found);
      }
    }
  }

  private meet(place: number, point: number, found: NearestPoints): void {
    const other = this.order[place];
    if (other !== point) {
      found.add(other, squaredDistance(this.positions, point, other));
    }
  }

  private arrange(first: number, end: number, axis: 0 | 1): void {
    if (end - first > LEAF_POINTS) {
      const middle = (first + end) >> 1;
      this.select(first, end - 1, middle, axis);
      this.arrange(first, middle, axis === 0 ? 1 : 0);
      this.arrange(middle + 1, end, axis === 0 ? 1 : 0);
    }
  }

  /** Hoare's selection: none before `middle` is greater than what stands there then, none behind it less. */
  private select(start: number, last: number, middle: number, axis: 0 | 1): void {
    const { order, positions } = this;
    let low = start;
    let high = last;
    while (low < high) {
      const pivot = positions[2 * order[(low + high) >> 1] + axis];
      let left = low;
      let right = high;
      while (left <= right) {
        while (positions[2 * order[left] + axis] < pivot) {
          left++;
        }
        while (positions[2 * order[right] + axis] > pivot) {
          right--;
        }
        if (left <= right) {
          const other = order[left];
          order[left++] = order[right];
          order[right--] = other;
        }
      }
      if (middle <= right) {
        high = right;
      } else if (middle >= left) {
        low = left;
      } else {
        return;
      }
    }
  }
}

export function squaredDistance(positions: Float32Array, point: number, other: number): number {
  const x = positions[2 * point] - positions[2 * other];
  const y = positions[2 * point + 1] - positions[2 * other + 1];
  return x * x + y * y;
}
