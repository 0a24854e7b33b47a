/** Token ids have 16 bits. */
const ID_COUNT = 0x10000;

/** First capacity, in entries; it doubles as needed. */
const INITIAL_CAPACITY = 1024;
/** A larger capacity is given up once the queue has run empty, so that one huge run does not stay in memory. */
const MAX_KEPT_CAPACITY = 1 << 14;

/**
 * Candidate merges: lowest merged id first, and among equal ids first in, first out. One list for each id that is
 * waiting and a binary min-heap of those ids, of which there are few: a run of a million equal characters waits under
 * a dozen. Adding and removing an entry therefore hardly ever touches the heap.
 *
 * Byte-pair merging wants the leftmost of equal merges first, and gets it: all pairs of one kind come to be while the
 * later made of their two tokens is being merged, and that goes from left to right.
 */
export class MergeQueue {
  /** Entries from 1 on; 0 means none. */
  private positions = new Int32Array(INITIAL_CAPACITY);
  private following = new Int32Array(INITIAL_CAPACITY);
  private entryCount = 0;
  private readonly firstEntries = new Int32Array(ID_COUNT);
  private readonly lastEntries = new Int32Array(ID_COUNT);
  private readonly idHeap: number[] = [];

  get isEmpty(): boolean {
    return this.idHeap.length === 0;
  }

  /** Merged id of the next candidate. The queue must not be empty. */
  get nextId(): number {
    return this.idHeap[0];
  }

  /**
   * @param id Merged token id, 0 ≤ id < 65,536.
   * @param position Where the pair's left token starts, 0 ≤ position < 2^31.
   */
  push(id: number, position: number): void {
    const entry = ++this.entryCount;
    if (entry === this.positions.length) {
      this.positions = resized(this.positions, entry * 2);
      this.following = resized(this.following, entry * 2);
    }
    this.positions[entry] = position;
    this.following[entry] = 0;
    if (this.firstEntries[id] === 0) {
      this.firstEntries[id] = entry;
      pushId(this.idHeap, id);
    } else {
      this.following[this.lastEntries[id]] = entry;
    }
    this.lastEntries[id] = entry;
  }

  /** Removes the next candidate and returns its position. The queue must not be empty. */
  pop(): number {
    const id = this.idHeap[0];
    const entry = this.firstEntries[id];
    const position = this.positions[entry];
    this.firstEntries[id] = this.following[entry];
    if (this.firstEntries[id] === 0) {
      popId(this.idHeap);
      if (this.isEmpty) {
        this.reset();
      }
    }
    return position;
  }

  private reset(): void {
    this.entryCount = 0;
    if (this.positions.length > MAX_KEPT_CAPACITY) {
      this.positions = new Int32Array(INITIAL_CAPACITY);
      this.following = new Int32Array(INITIAL_CAPACITY);
    }
  }
}

function resized(entries: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(entries);
  return larger;
}

function pushId(heap: number[], id: number): void {
  let hole = heap.push(id) - 1;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (heap[parent] <= id) {
      break;
    }
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = id;
}

function popId(heap: number[]): void {
  const id = heap.pop() ?? 0;
  const count = heap.length;
  if (count === 0) {
    return;
  }
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= count) {
      break;
    }
    if (child + 1 < count && heap[child + 1] < heap[child]) {
      child++;
    }
    if (heap[child] >= id) {
      break;
    }
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = id;
}
