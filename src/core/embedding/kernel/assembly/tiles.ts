import { totals } from './totals';
import { append, collect, makeRoom, TileRequest } from './entries';
import { narrowHits } from './narrowTiles';

/** From so many of eight pairs on, all eight products cost no more than these. */
const MANY_HITS: u32 = 4;

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
  const twoRows = ASC_FEATURE_RELAXED_SIMD ? blockBytes >> 1 : 32;
  const first = screenHalf(request, codes, otherCodes, blockBytes, row, other);
  const second = screenHalf(request, codes, otherCodes + twoRows, blockBytes, row, other + 2);
  return first || second;
}

/** The same as crossHalf, of whose products those are not made that narrow codes, where there are any, rule out. */
// @ts-ignore: decorator
@inline
function screenHalf(request: TileRequest, a: usize, b: usize, blockBytes: usize, row: u32, other: u32): bool {
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (request.narrow != 0) {
      const hits = narrowHits(request, row, other);
      if (hits == 0) return false;
      if (<u32>popcnt(hits) < MANY_HITS) {
        crossHits(request, a, b, blockBytes >> 2, row, other, hits);
        return true;
      }
    }
    return crossRows(request, a, b, blockBytes >> 2, row, other);
  } else {
    return crossHalf(request, a, b, a + blockBytes, row, other);
  }
}

/** Adds the products of some pairs to the entries of those rows whose thresholds they reach; bits as narrowHits gives them. */
function crossHits(request: TileRequest, a: usize, b: usize, rowBytes: usize, row: u32, other: u32, hits: u32): void {
  for (; hits != 0; hits &= hits - 1) {
    const bit = <u32>ctz(hits);
    const found = row + (bit & 3);
    const place = bit >> 2;
    const partner = other + place;
    // Within one block each pair comes twice, and each row once with itself.
    if (found > partner && found - partner < 4) continue;
    const product = pairProduct(a + <usize>(bit & 3) * rowBytes, b + <usize>place * rowBytes, rowBytes);
    append(request, found, partner, product);
    if (found != partner) append(request, partner, found, product);
  }
}

/** One row by one row. */
// @ts-ignore: decorator
@inline
function pairProduct(a: usize, b: usize, rowBytes: usize): i32 {
  let sum0 = i32x4.splat(0);
  let sum1 = sum0;
  // D is a multiple of 16.
  for (const end = a + rowBytes; a < end; a += 32, b += 32) {
    sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(v128.load(a), v128.load(b)));
    sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(v128.load(a, 16), v128.load(b, 16)));
  }
  const sums = i32x4.add(sum0, sum1);
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    (i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3))
  );
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
  return collectReached(
    request,
    totals(sum00, sum10, sum20, sum30),
    totals(sum01, sum11, sum21, sum31),
    row,
    other,
  );
}

/** The same where row comes after row. */
function crossRows(
  request: TileRequest,
  a: usize,
  b: usize,
  rowBytes: usize,
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
  for (const end = a + rowBytes; a < end; a += 16, b += 16) {
    const b0 = v128.load(b);
    const b1 = v128.load(b + rowBytes);
    let value = v128.load(a);
    sum00 = i32x4.add(sum00, i32x4.dot_i16x8_s(value, b0));
    sum01 = i32x4.add(sum01, i32x4.dot_i16x8_s(value, b1));
    value = v128.load(a + rowBytes);
    sum10 = i32x4.add(sum10, i32x4.dot_i16x8_s(value, b0));
    sum11 = i32x4.add(sum11, i32x4.dot_i16x8_s(value, b1));
    value = v128.load(a + 2 * rowBytes);
    sum20 = i32x4.add(sum20, i32x4.dot_i16x8_s(value, b0));
    sum21 = i32x4.add(sum21, i32x4.dot_i16x8_s(value, b1));
    value = v128.load(a + 3 * rowBytes);
    sum30 = i32x4.add(sum30, i32x4.dot_i16x8_s(value, b0));
    sum31 = i32x4.add(sum31, i32x4.dot_i16x8_s(value, b1));
  }
  return collectReached(
    request,
    totals(sum00, sum10, sum20, sum30),
    totals(sum01, sum11, sum21, sum31),
    row,
    other,
  );
}

/** Collects the products of four rows with two, if one of them reaches the threshold of one of its rows. Returns whether one does. */
// @ts-ignore: decorator
@inline
function collectReached(request: TileRequest, products0: v128, products1: v128, row: u32, other: u32): bool {
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
