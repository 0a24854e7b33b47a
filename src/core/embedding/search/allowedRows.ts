/*
 * Sets of rows as bitmaps: bit `row & 31` of word `row >> 5`. 50,257 rows take 6 KB.
 */

/** An empty set. */
export function emptyRowSet(rowCount: number): Uint32Array {
  return new Uint32Array(Math.ceil(rowCount / 32));
}

export function addRow(rows: Uint32Array, row: number): void {
  rows[row >> 5] |= 1 << (row & 31);
}

export function removeRow(rows: Uint32Array, row: number): void {
  rows[row >> 5] &= ~(1 << (row & 31));
}

export function hasRow(rows: Uint32Array, row: number): boolean {
  return ((rows[row >> 5] >>> (row & 31)) & 1) === 1;
}

/** How many rows are in the set. */
export function countRows(rows: Uint32Array): number {
  let count = 0;
  for (let word of rows) {
    // Adds bits in ever wider fields (Warren, Hacker's Delight, section 5-1).
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** The rows that are in both sets; all of the first where there is no second. */
export function intersectRows(first: Uint32Array, second: Uint32Array | undefined): Uint32Array {
  return second === undefined ? first : first.map((word, index) => word & (second[index] ?? 0));
}

/** The first rows of a set, rising, at most `limit`. */
export function rowsOf(rows: Uint32Array, limit = Infinity): Uint32Array {
  const found = new Uint32Array(Math.min(countRows(rows), limit));
  let count = 0;
  for (let word = 0; word < rows.length && count < found.length; word++) {
    for (let bits = rows[word]; bits !== 0 && count < found.length; bits &= bits - 1) {
      found[count++] = word * 32 + 31 - Math.clz32(bits & -bits);
    }
  }
  return found;
}
