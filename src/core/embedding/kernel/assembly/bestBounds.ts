/*
 * The k largest of the values seen so far, as a binary heap with the smallest on top.
 */

/**
 * Offers a value to a heap of at most k float32.
 *
 * @returns The new size of the heap.
 */
export function offer(heap: usize, size: u32, k: u32, value: f32): u32 {
  if (size < k) {
    siftUp(heap, size, value);
    return size + 1;
  }
  if (value > load<f32>(heap)) {
    siftDown(heap, k, value);
  }
  return size;
}

function siftUp(heap: usize, hole: u32, value: f32): void {
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const above = load<f32>(heap + (<usize>parent << 2));
    if (above <= value) break;
    store<f32>(heap + (<usize>hole << 2), above);
    hole = parent;
  }
  store<f32>(heap + (<usize>hole << 2), value);
}

function siftDown(heap: usize, size: u32, value: f32): void {
  let hole: u32 = 0;
  for (;;) {
    let child: u32 = 2 * hole + 1;
    if (child >= size) break;
    if (child + 1 < size && load<f32>(heap + (<usize>child << 2), 4) < load<f32>(heap + (<usize>child << 2))) {
      child++;
    }
    const below = load<f32>(heap + (<usize>child << 2));
    if (below >= value) break;
    store<f32>(heap + (<usize>hole << 2), below);
    hole = child;
  }
  store<f32>(heap + (<usize>hole << 2), value);
}
