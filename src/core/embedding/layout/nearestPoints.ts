/** Some points and their squared distances, of which the farthest is known: a heap. Equally far ones count as farther by their number. */
export class NearestPoints {
  readonly points: Uint32Array;
  readonly squared: Float64Array;
  size = 0;

  /** @param capacity How many are kept, ≥ 1. */
  constructor(readonly capacity: number) {
    this.points = new Uint32Array(capacity);
    this.squared = new Float64Array(capacity);
  }

  /** Farther points are not kept any more. */
  get limit(): number {
    return this.size < this.capacity ? Infinity : this.squared[0];
  }

  clear(): void {
    this.size = 0;
  }

  add(point: number, squared: number): void {
    if (this.size < this.capacity) {
      this.size++;
      this.rise(this.size - 1, point, squared);
    } else if (isNearer(squared, point, this.squared[0], this.points[0])) {
      this.sink(point, squared);
    }
  }

  /** How many of them are nearer than a point at this distance. */
  countNearer(point: number, squared: number): number {
    let count = 0;
    for (let place = 0; place < this.size; place++) {
      count += isNearer(this.squared[place], this.points[place], squared, point) ? 1 : 0;
    }
    return count;
  }

  private rise(start: number, point: number, squared: number): void {
    let place = start;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (isNearer(squared, point, this.squared[parent], this.points[parent])) {
        break;
      }
      this.put(place, this.points[parent], this.squared[parent]);
      place = parent;
    }
    this.put(place, point, squared);
  }

  /** Puts a point in the place of the farthest. */
  private sink(point: number, squared: number): void {
    let place = 0;
    for (let child = 1; child < this.size; child = 2 * place + 1) {
      const other = child + 1;
      const isOther =
        other < this.size &&
        isNearer(this.squared[child], this.points[child], this.squared[other], this.points[other]);
      const farther = isOther ? other : child;
      if (isNearer(this.squared[farther], this.points[farther], squared, point)) {
        break;
      }
      this.put(place, this.points[farther], this.squared[farther]);
      place = farther;
    }
    this.put(place, point, squared);
  }

  private put(place: number, point: number, squared: number): void {
    this.points[place] = point;
    this.squared[place] = squared;
  }
}

function isNearer(squared: number, point: number, otherSquared: number, other: number): boolean {
  return squared < otherSquared || (squared === otherSquared && point < other);
}
