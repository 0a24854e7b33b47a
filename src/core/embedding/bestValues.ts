/**
 * The k largest of the values added so far, counting equal ones separately: a binary heap, smallest on top. Most values are rejected by one
 * comparison, so for small k the cost is one pass.
 */
export class BestValues {
  private readonly heap: Float64Array;
  private size = 0;

  /** @param k ≥ 1. */
  constructor(k: number) {
    this.heap = new Float64Array(k);
  }

  get isFull(): boolean {
    return this.size === this.heap.length;
  }

  /** 0 before the first value. */
  get smallest(): number {
    return this.heap[0];
  }

  /** @param value Any number but NaN. */
  add(value: number): void {
    const { heap } = this;
    if (this.size < heap.length) {
      let hole = this.size++;
      while (hole > 0) {
        const parent = (hole - 1) >> 1;
        if (heap[parent] <= value) {
          break;
        }
        heap[hole] = heap[parent];
        hole = parent;
      }
      heap[hole] = value;
    } else if (value > heap[0]) {
      this.replaceSmallest(value);
    }
  }

  private replaceSmallest(value: number): void {
    const { heap } = this;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) {
        break;
      }
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= value) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = value;
  }
}
