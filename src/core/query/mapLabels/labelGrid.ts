/** Cells of a label's usual size, in pixels. */
const CELL_WIDTH = 64;
const CELL_HEIGHT = 20;
const NOTHING = -1;

/**
 * Boxes, and which of them a further one would overlap: each is entered into the cells of a grid that it lies in, and these share the
 * buckets of a hash table. A plane of any extent costs the same.
 */
export class LabelGrid {
  /** First entry of each bucket. */
  private readonly heads: Int32Array;
  /** The entry behind an entry, and its box: two numbers each. */
  private entries = new Int32Array(1 << 10);
  private entryCount = 0;
  /** Left, top, right and bottom of each box. */
  private boxes = new Float64Array(1 << 10);
  private boxCount = 0;

  /** @param bucketBits How many buckets, as a power of two, 1 … 31: about as many as boxes. */
  constructor(private readonly bucketBits: number) {
    this.heads = new Int32Array(1 << bucketBits).fill(NOTHING);
  }

  /** Forgets all boxes. */
  clear(): void {
    this.heads.fill(NOTHING);
    this.entryCount = 0;
    this.boxCount = 0;
  }

  /**
   * Adds a box, in pixels; finite, left ≤ right, top ≤ bottom.
   *
   * @returns How many there were before: its number.
   */
  add(left: number, top: number, right: number, bottom: number): number {
    const box = this.boxCount++;
    if (4 * this.boxCount > this.boxes.length) {
      this.boxes = grown(this.boxes, Float64Array);
    }
    this.boxes[4 * box] = left;
    this.boxes[4 * box + 1] = top;
    this.boxes[4 * box + 2] = right;
    this.boxes[4 * box + 3] = bottom;
    const lastColumn = columnAt(right);
    const lastRow = rowAt(bottom);
    for (let row = rowAt(top); row <= lastRow; row++) {
      for (let column = columnAt(left); column <= lastColumn; column++) {
        this.enter(this.bucketOf(column, row), box);
      }
    }
    return box;
  }

  /** Whether the box of a number overlaps this one; such as only touch each other do not. */
  overlaps(box: number, left: number, top: number, right: number, bottom: number): boolean {
    const { boxes } = this;
    const at = 4 * box;
    return boxes[at] < right && left < boxes[at + 2] && boxes[at + 1] < bottom && top < boxes[at + 3];
  }

  /** @returns The number of a box that overlaps this one; −1 where it is free. */
  firstOverlap(left: number, top: number, right: number, bottom: number): number {
    const { heads, entries } = this;
    const lastColumn = columnAt(right);
    const lastRow = rowAt(bottom);
    for (let row = rowAt(top); row <= lastRow; row++) {
      for (let column = columnAt(left); column <= lastColumn; column++) {
        for (let entry = heads[this.bucketOf(column, row)]; entry !== NOTHING; entry = entries[2 * entry]) {
          // Other cells may share the bucket: what counts is the box.
          if (this.overlaps(entries[2 * entry + 1], left, top, right, bottom)) {
            return entries[2 * entry + 1];
          }
        }
      }
    }
    return NOTHING;
  }

  private bucketOf(column: number, row: number): number {
    return (Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b)) >>> (32 - this.bucketBits);
  }

  private enter(bucket: number, box: number): void {
    const entry = this.entryCount++;
    if (2 * this.entryCount > this.entries.length) {
      this.entries = grown(this.entries, Int32Array);
    }
    this.entries[2 * entry] = this.heads[bucket];
    this.entries[2 * entry + 1] = box;
    this.heads[bucket] = entry;
  }
}

const columnAt = (x: number): number => Math.floor(x / CELL_WIDTH);
const rowAt = (y: number): number => Math.floor(y / CELL_HEIGHT);

function grown<Numbers extends Int32Array | Float64Array>(
  numbers: Numbers,
  NumbersOf: new (length: number) => Numbers,
): Numbers {
  const longer = new NumbersOf(2 * numbers.length);
  longer.set(numbers);
  return longer;
}
