/*
 * The neighbor graph's kernel: products of all pairs of rows, each pair once for both of its rows. Rows are coded at unit length, in
 * one scale for all, as int16:
 *
 *   codes        int16, N × D. With plain SIMD four rows make a block. In a block, 8 values of row 0 are followed by the same 8 of rows 1,
 *                2 and 3. With relaxed SIMD row comes after row: mostly products of single pairs are made of them, see narrowCodes.ts.
 *   thresholds   int32, N: a product below it cannot belong to the best k of the row; 2³¹ − 1, more than any product, for a row that
 *                collects none
 *   counts       uint32, N: how many entries a row has collected
 *   entries      int64, N × capacity: product · 2³² + id of the other row, so that they are ordered by product
 *   ranked       uint8, N: 1 for a row that may be found
 *
 * Products are exact: the codes of a row are at most 32767 large, and as vectors shorter than √2³¹, so that no sum overflows.
 */

/** What crossing two tiles needs and finds; ../../graph/graphMemory.ts writes it field by field, in this order, 4 bytes each. */
@unmanaged
export class TileRequest {
  codes: usize;
  thresholds: usize;
  counts: usize;
  entries: usize;
  ranked: usize;
  /** D */
  dimension: u32;
  /** k */
  neighborCount: u32;
  /** A product so much below the k-th largest cannot belong to the best k any more. */
  margin: i32;
  capacity: u32;
  /** The rows of the two tiles, multiples of 4. Both are the same tile, or no row is in both. */
  firstRow: u32;
  endRow: u32;
  firstOther: u32;
  endOther: u32;
  /** The blocks that come next. */
  row: u32;
  other: u32;
  /** uint32, 8: rows whose entries have to be scored exactly before it goes on. */
  fullRows: usize;
  fullCount: u32;
  /** int32, 4 */
  products: usize;
  /** A NarrowRequest where rows have narrow codes too, else 0. */
  narrow: usize;
}

/** Adds the products of four rows with another one to the entries of those rows whose thresholds they reach. */
export function collect(request: TileRequest, products: v128, row: u32, other: u32): void {
  v128.store(request.products, products);
  for (let lane: u32 = 0; lane < 4; lane++, row++) {
    // Within one block each pair comes twice, and each row once with itself.
    if (row > other && row - other < 4) break;
    const product = load<i32>(request.products + (<usize>lane << 2));
    append(request, row, other, product);
    if (row != other) append(request, other, row, product);
  }
}

/** Adds a product to the entries of a row whose threshold it reaches. */
// @ts-ignore: decorator
@inline
export function append(request: TileRequest, row: u32, found: u32, product: i32): void {
  if (product < load<i32>(request.thresholds + (<usize>row << 2)) || !load<bool>(request.ranked + found)) return;
  const count = request.counts + (<usize>row << 2);
  const position = load<u32>(count);
  store<i64>(entriesOf(request, row) + (<usize>position << 3), (<i64>product << 32) | <i64>found);
  store<u32>(count, position + 1);
}

// @ts-ignore: decorator
@inline
function entriesOf(request: TileRequest, row: u32): usize {
  return request.entries + ((<usize>row * <usize>request.capacity) << 3);
}

/** Sees to it that each of the eight rows can collect four entries more. Returns whether some have to be settled for that. */
export function makeRoom(request: TileRequest, row: u32, other: u32): bool {
  for (let lane: u32 = 0; lane < 4; lane++) {
    makeRoomIn(request, row + lane);
    if (row != other) makeRoomIn(request, other + lane);
  }
  return request.fullCount > 0;
}

function makeRoomIn(request: TileRequest, row: u32): void {
  const capacity = request.capacity;
  if (load<u32>(request.counts + (<usize>row << 2)) + 4 <= capacity) return;
  compactRow(request, row);
  // So many are left only where rows lie closer together than the codes can tell.
  if (load<u32>(request.counts + (<usize>row << 2)) > capacity - (capacity >> 2)) {
    store<u32>(request.fullRows + (<usize>request.fullCount << 2), row);
    request.fullCount++;
  }
}

/** Raises the threshold of each row to what its entries say, and drops the entries below it. */
export function compactRows(request: TileRequest, firstRow: u32, endRow: u32): void {
  for (let row = firstRow; row < endRow; row++) {
    compactRow(request, row);
  }
}

function compactRow(request: TileRequest, row: u32): void {
  const k = request.neighborCount;
  const count = request.counts + (<usize>row << 2);
  const size = load<u32>(count);
  if (size < k) return;
  const entries = entriesOf(request, row);
  selectLargest(entries, size, k);
  let kth = load<i64>(entries);
  for (let position: u32 = 1; position < k; position++) {
    kth = min(kth, load<i64>(entries + (<usize>position << 3)));
  }
  const threshold = request.thresholds + (<usize>row << 2);
  const bound = max(load<i32>(threshold), <i32>(kth >> 32) - request.margin);
  store<i32>(threshold, bound);
  let kept: u32 = 0;
  for (let position: u32 = 0; position < size; position++) {
    const entry = load<i64>(entries + (<usize>position << 3));
    if (<i32>(entry >> 32) >= bound) {
      store<i64>(entries + (<usize>kept << 3), entry);
      kept++;
    }
  }
  store<u32>(count, kept);
}

/** Brings the k largest of some different entries to the front, in any order (C. A. R. Hoare's algorithm 65, Find). */
function selectLargest(entries: usize, size: u32, k: u32): void {
  let left: i32 = 0;
  let right: i32 = <i32>size - 1;
  const target = <i32>k - 1;
  while (left < right) {
    const pivot = load<i64>(entries + (<usize>((left + right) >> 1) << 3));
    let i = left;
    let j = right;
    while (i <= j) {
      while (load<i64>(entries + (<usize>i << 3)) > pivot) i++;
      while (load<i64>(entries + (<usize>j << 3)) < pivot) j--;
      if (i <= j) {
        const entry = load<i64>(entries + (<usize>i << 3));
        store<i64>(entries + (<usize>i << 3), load<i64>(entries + (<usize>j << 3)));
        store<i64>(entries + (<usize>j << 3), entry);
        i++;
        j--;
      }
    }
    if (target <= j) right = j;
    else if (target >= i) left = i;
    else return;
  }
}
