/*
 * The neighbor graph's kernel: products of all pairs of rows, each pair once for both of its rows. Rows are coded at unit length, in
 * one scale for all, as int16:
 *
 *   codes        int16, N × D. Four rows make a block. In a block, 8 values of row 0 are followed by the same 8 of rows 1, 2 and 3.
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
}

// Four sums of four lanes become one register that holds the four totals.
// @ts-ignore: decorator
@inline
function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 1, 4, 5), v128.shuffle<i32>(a, b, 2, 3, 6, 7));
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 1, 4, 5), v128.shuffle<i32>(c, d, 2, 3, 6, 7));
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 2, 4, 6), v128.shuffle<i32>(ab, cd, 1, 3, 5, 7));
}

/**
 * Goes on with crossing two tiles. A block of rows stays in the processor's nearest cache while the other tile, from the next one,
 * passes by.
 *
 * @returns 0 when the tiles are done; else how many rows have to be settled (see settleRow) before it is called again.
 */
export function crossTiles(request: TileRequest): u32 {
  const blockBytes = <usize>request.dimension << 3;
  const isDiagonal = request.firstRow == request.firstOther;
  const endRow = request.endRow;
  const endOther = request.endOther;
  let other = request.other;
  request.fullCount = 0;
  for (let row = request.row; row < endRow; row += 4) {
    const codes = request.codes + <usize>(row >> 2) * blockBytes;
    for (; other < endOther; other += 4) {
      const otherCodes = request.codes + <usize>(other >> 2) * blockBytes;
      const hasHits = crossBlocks(request, codes, otherCodes, blockBytes, row, other);
      if (hasHits && makeRoom(request, row, other)) {
        request.row = row;
        request.other = other + 4;
        return request.fullCount;
      }
    }
    other = isDiagonal ? row + 4 : request.firstOther;
  }
  request.row = endRow;
  request.other = endOther;
  return 0;
}

/** Four rows by four rows, in two halves: eight sums and what they are made from fit into the sixteen registers. */
// @ts-ignore: decorator
@inline
function crossBlocks(
  request: TileRequest,
  codes: usize,
  otherCodes: usize,
  blockBytes: usize,
  row: u32,
  other: u32,
): bool {
  const first = crossHalf(request, codes, otherCodes, codes + blockBytes, row, other);
  const second = crossHalf(request, codes, otherCodes + 32, codes + blockBytes, row, other + 2);
  return first || second;
}

/** Four rows by two rows. Returns whether a product reached the threshold of one of its rows. */
function crossHalf(
  request: TileRequest,
  a: usize,
  b: usize,
  end: usize,
  row: u32,
  other: u32,
): bool {
  let sum00 = i32x4.splat(0);
  let sum10 = sum00;
  let sum20 = sum00;
  let sum30 = sum00;
  let sum01 = sum00;
  let sum11 = sum00;
  let sum21 = sum00;
  let sum31 = sum00;
  for (; a < end; a += 64, b += 64) {
    let b0 = v128.load(b);
    let b1 = v128.load(b, 16);
    let value = v128.load(a);
    sum00 = i32x4.add(sum00, i32x4.dot_i16x8_s(value, b0));
    sum01 = i32x4.add(sum01, i32x4.dot_i16x8_s(value, b1));
    value = v128.load(a, 16);
    sum10 = i32x4.add(sum10, i32x4.dot_i16x8_s(value, b0));
    sum11 = i32x4.add(sum11, i32x4.dot_i16x8_s(value, b1));
    value = v128.load(a, 32);
    sum20 = i32x4.add(sum20, i32x4.dot_i16x8_s(value, b0));
    sum21 = i32x4.add(sum21, i32x4.dot_i16x8_s(value, b1));
    value = v128.load(a, 48);
    sum30 = i32x4.add(sum30, i32x4.dot_i16x8_s(value, b0));
    sum31 = i32x4.add(sum31, i32x4.dot_i16x8_s(value, b1));
  }
  const products0 = totals(sum00, sum10, sum20, sum30);
  const products1 = totals(sum01, sum11, sum21, sum31);
  const rowThresholds = v128.load(request.thresholds + (<usize>row << 2));
  const otherThreshold = request.thresholds + (<usize>other << 2);
  // Reaching the lower of two thresholds is reaching one of them.
  const lower0 = i32x4.min_s(rowThresholds, v128.load32_splat(otherThreshold));
  const lower1 = i32x4.min_s(rowThresholds, v128.load32_splat(otherThreshold, 4));
  const reached0 = i32x4.ge_s(products0, lower0);
  const reached1 = i32x4.ge_s(products1, lower1);
  if (!v128.any_true(v128.or(reached0, reached1))) return false;
  collect(request, products0, row, other);
  collect(request, products1, row, other + 1);
  return true;
}

/** Adds the products of four rows with another one to the entries of those rows whose thresholds they reach. */
function collect(request: TileRequest, products: v128, row: u32, other: u32): void {
  v128.store(request.products, products);
  for (let lane: u32 = 0; lane < 4; lane++, row++) {
    // Within one block each pair comes twice, and each row once with itself.
    if (row > other && row - other < 4) break;
    const product = load<i32>(request.products + (<usize>lane << 2));
    append(request, row, other, product);
    if (row != other) append(request, other, row, product);
  }
}

// @ts-ignore: decorator
@inline
function append(request: TileRequest, row: u32, found: u32, product: i32): void {
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
function makeRoom(request: TileRequest, row: u32, other: u32): bool {
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
