/**
 * The k-th largest of some values, counting equal ones separately: a binary heap of the k largest seen so far, smallest on
 * top. Most values are rejected by one comparison, so for small k the cost is one pass.
 *
 * @param values Any numbers but NaN.
 * @param k 1 … values.length.
 */
export function kthLargest(values: Float32Array, k: number): number {
  if (!(Number.isInteger(k) && k >= 1 && k <= values.length)) {
    throw new RangeError(`There is no ${k}-th largest of ${values.length} values.`);
  }
  const heap = values.slice(0, k);
  for (let i = (k >> 1) - 1; i >= 0; i--) {
    siftDown(heap, i, heap[i]);
  }
  for (let i = k; i < values.length; i++) {
    if (values[i] > heap[0]) {
      siftDown(heap, 0, values[i]);
    }
  }
  return heap[0];
}

/** Puts `value` at or below `position`, moving smaller children up. */
function siftDown(heap: Float32Array, position: number, value: number): void {
  const size = heap.length;
  let hole = position;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= size) {
      break;
    }
    if (child + 1 < size && heap[child + 1] < heap[child]) {
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
