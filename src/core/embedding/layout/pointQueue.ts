/** Points that wait, each once, and the one that costs least comes first: a binary heap whose costs can fall. */
export class PointQueue {
  private readonly heap: Uint32Array;
  /** Where each point is in the heap; −1 while it does not wait. */
  private readonly placeOf: Int32Array;
  private size = 0;

  /** @param costs Of each point. The point is to be {@link add}ed again whenever its own has fallen. */
  constructor(private readonly costs: Float64Array) {
    this.heap = new Uint32Array(costs.length);
    this.placeOf = new Int32Array(costs.length).fill(-1);
  }

  /** Lets a point wait by its cost, which is not above the one by which it waits already. */
  add(point: number): void {
    let place = this.placeOf[point];
    if (place < 0) {
      place = this.size++;
    }
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.isBefore(point, this.heap[above])) {
        break;
      }
      this.put(this.heap[above], place);
      place = above;
    }
    this.put(point, place);
  }

  /** @returns The point that costs least, of several the lowest; undefined where none waits. */
  take(): number | undefined {
    if (this.size === 0) {
      return undefined;
    }
    const first = this.heap[0];
    this.placeOf[first] = -1;
    const last = this.heap[--this.size];
    if (this.size > 0) {
      this.sink(last);
    }
    return first;
  }

  /** Finds a place for a point, from the top on. */
  private sink(point: number): void {
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= this.size) {
        break;
      }
      if (below + 1 < this.size && this.isBefore(this.heap[below + 1], this.heap[below])) {
        below++;
      }
      if (!this.isBefore(this.heap[below], point)) {
        break;
      }
      this.put(this.heap[below], place);
      place = below;
    }
    this.put(point, place);
  }

  private put(point: number, place: number): void {
    this.heap[place] = point;
    this.placeOf[point] = place;
  }

  private isBefore(point: number, other: number): boolean {
    return (
      this.costs[point] < this.costs[other] || (this.costs[point] === this.costs[other] && point < other)
    );
  }
}
