import { offer } from './bestBounds';

/**
 * What one scan needs and finds; ../../index/scanRequest.ts writes it field by field, in this order, 4 bytes each.
 *
 * The score of a row, divided by the length of the query, is gain · similarity + offsetWeight · offset, where similarity is that of
 * two unit vectors: center + step · scale · Σ code · weight, give or take the residual plus `slack`.
 */
@unmanaged
export class ScanRequest {
  /** int16, D: for each 16 values the 8 odd ones, then the 8 even ones. */
  weights: usize;
  codes: usize;
  scales: usize;
  residuals: usize;
  gains: usize;
  offsets: usize;
  /** Rows that may be answered, one bit a row. */
  allowed: usize;
  /** D */
  dimension: u32;
  step: f32;
  center: f32;
  slack: f32;
  offsetWeight: f32;
  absoluteSlack: f32;
  /** The k-th largest lower bound so far; −∞ at first. */
  threshold: f32;
  k: u32;
  /** float32, k: the largest lower bounds so far, the smallest on top. */
  heap: usize;
  heapSize: u32;
  /** Rows whose upper bound reached the threshold when they were met: uint32, float32, float32. */
  candidates: usize;
  upperBounds: usize;
  lowerBounds: usize;
  candidateCount: u32;
}

/** Relative error that the float32 sum of gain · similarity and offset can have, beyond what `slack` covers: 4 · 2⁻²⁴, doubled. */
const OFFSET_ERROR: f32 = 4.8e-7;

// Four sums of four lanes become one register that holds the four totals.
// @ts-ignore: decorator
@inline
function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 1, 4, 5), v128.shuffle<i32>(a, b, 2, 3, 6, 7));
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 1, 4, 5), v128.shuffle<i32>(c, d, 2, 3, 6, 7));
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 2, 4, 6), v128.shuffle<i32>(ab, cd, 1, 3, 5, 7));
}

// @ts-ignore: decorator
@inline
function products(pairs: v128, odd: v128, even: v128): v128 {
  return i32x4.add(i32x4.dot_i16x8_s(pairs, odd), i32x4.dot_i16x8_s(i16x8.shl(pairs, 8), even));
}

/** Σ code · weight of the four rows of a block. Sums may wrap on their way: the query is scaled so that the last one fits. */
// @ts-ignore: decorator
@inline
function blockProducts(codes: usize, weights: usize, weightsEnd: usize): v128 {
  let sum0 = i32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (let weight = weights; weight < weightsEnd; weight += 32) {
    const odd = v128.load(weight);
    const even = v128.load(weight, 16);
    sum0 = i32x4.add(sum0, products(v128.load(codes), odd, even));
    sum1 = i32x4.add(sum1, products(v128.load(codes, 16), odd, even));
    sum2 = i32x4.add(sum2, products(v128.load(codes, 32), odd, even));
    sum3 = i32x4.add(sum3, products(v128.load(codes, 48), odd, even));
    codes += 64;
  }
  return totals(sum0, sum1, sum2, sum3);
}

/**
 * Scans the rows firstRow … endRow − 1 (multiples of 4, except the last end) and appends each allowed row whose upper bound reaches
 * the threshold, which rises meanwhile. May be called for one range after the other.
 *
 * A processor fetches ahead for several streams at once, each within a page of memory: the range is cut into four quarters, and blocks
 * are taken from each in turn. That is a quarter faster than one stream, a third where memory is slow.
 */
export function scanRows(request: ScanRequest, firstRow: u32, endRow: u32): void {
  const blockBytes = <usize>request.dimension << 2;
  const blocks = (endRow - firstRow + 3) >> 2;
  const quarter = blocks >> 2;
  const rows = quarter << 2;
  const bytes = <usize>quarter * blockBytes;
  let codes = request.codes + <usize>(firstRow >> 2) * blockBytes;
  let row = firstRow;
  let threshold = f32x4.splat(request.threshold);
  for (let block: u32 = 0; block < quarter; block++, row += 4, codes += blockBytes) {
    threshold = scanPair(request, row, codes, rows, bytes, threshold);
    threshold = scanPair(request, row + 2 * rows, codes + 2 * bytes, rows, bytes, threshold);
  }
  // At most three blocks are left, behind the quarters.
  row += 3 * rows;
  codes += 3 * bytes;
  for (; row < endRow; row += 4, codes += blockBytes) {
    const sums = blockProducts(codes, request.weights, request.weights + (blockBytes >> 1));
    threshold = judge(request, row, sums, threshold);
  }
}

/** Scans two blocks, the second `farRows` rows and `farBytes` bytes behind the first. Returns the threshold after that. */
// @ts-ignore: decorator
@inline
function scanPair(
  request: ScanRequest,
  row: u32,
  codes: usize,
  farRows: u32,
  farBytes: usize,
  threshold: v128,
): v128 {
  const weightsEnd = request.weights + (<usize>request.dimension << 1);
  let near0 = i32x4.splat(0);
  let near1 = near0;
  let near2 = near0;
  let near3 = near0;
  let far0 = near0;
  let far1 = near0;
  let far2 = near0;
  let far3 = near0;
  for (let weight = request.weights; weight < weightsEnd; weight += 32) {
    const odd = v128.load(weight);
    const even = v128.load(weight, 16);
    const far = codes + farBytes;
    near0 = i32x4.add(near0, products(v128.load(codes), odd, even));
    far0 = i32x4.add(far0, products(v128.load(far), odd, even));
    near1 = i32x4.add(near1, products(v128.load(codes, 16), odd, even));
    far1 = i32x4.add(far1, products(v128.load(far, 16), odd, even));
    near2 = i32x4.add(near2, products(v128.load(codes, 32), odd, even));
    far2 = i32x4.add(far2, products(v128.load(far, 32), odd, even));
    near3 = i32x4.add(near3, products(v128.load(codes, 48), odd, even));
    far3 = i32x4.add(far3, products(v128.load(far, 48), odd, even));
    codes += 64;
  }
  const afterNear = judge(request, row, totals(near0, near1, near2, near3), threshold);
  return judge(request, row + farRows, totals(far0, far1, far2, far3), afterNear);
}

/** Keeps the rows of a block that may be among the best. Returns the threshold after that. */
// @ts-ignore: decorator
@inline
function judge(request: ScanRequest, row: u32, sums: v128, threshold: v128): v128 {
  const middle = middleOf(request, row, sums);
  const width = widthOf(request, row);
  const upper = f32x4.add(middle, width);
  if (!v128.any_true(f32x4.ge(upper, threshold))) {
    return threshold;
  }
  const lower = f32x4.sub(middle, width);
  keep(request, row, f32x4.extract_lane(upper, 0), f32x4.extract_lane(lower, 0));
  keep(request, row + 1, f32x4.extract_lane(upper, 1), f32x4.extract_lane(lower, 1));
  keep(request, row + 2, f32x4.extract_lane(upper, 2), f32x4.extract_lane(lower, 2));
  keep(request, row + 3, f32x4.extract_lane(upper, 3), f32x4.extract_lane(lower, 3));
  return f32x4.splat(request.threshold);
}

/** The screened scores of a block. */
// @ts-ignore: decorator
@inline
function middleOf(request: ScanRequest, row: u32, sums: v128): v128 {
  const at = <usize>row << 2;
  const scaled = f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load(request.scales + at));
  const similarity = f32x4.add(
    f32x4.mul(scaled, f32x4.splat(request.step)),
    f32x4.splat(request.center),
  );
  return f32x4.add(f32x4.mul(v128.load(request.gains + at), similarity), offsetOf(request, at));
}

/** How far they are from the exact ones at most. */
// @ts-ignore: decorator
@inline
function widthOf(request: ScanRequest, row: u32): v128 {
  const at = <usize>row << 2;
  const error = f32x4.add(v128.load(request.residuals + at), f32x4.splat(request.slack));
  return f32x4.add(
    f32x4.add(f32x4.mul(v128.load(request.gains + at), error), f32x4.splat(request.absoluteSlack)),
    f32x4.mul(f32x4.abs(offsetOf(request, at)), f32x4.splat(OFFSET_ERROR)),
  );
}

// @ts-ignore: decorator
@inline
function offsetOf(request: ScanRequest, at: usize): v128 {
  return f32x4.mul(f32x4.splat(request.offsetWeight), v128.load(request.offsets + at));
}

function keep(request: ScanRequest, row: u32, upper: f32, lower: f32): void {
  if (upper < request.threshold || !isAllowed(request, row)) {
    return;
  }
  const at = <usize>request.candidateCount << 2;
  request.candidateCount++;
  store<u32>(request.candidates + at, row);
  store<f32>(request.upperBounds + at, upper);
  store<f32>(request.lowerBounds + at, lower);
  const size = request.heapSize;
  request.heapSize = offer(request.heap, size, request.k, lower);
  if (request.heapSize == request.k) {
    request.threshold = load<f32>(request.heap);
  }
}

// @ts-ignore: decorator
@inline
function isAllowed(request: ScanRequest, row: u32): bool {
  return ((load<u32>(request.allowed + ((<usize>row >> 5) << 2)) >> (row & 31)) & 1) != 0;
}

/** Writes the bounds of the rows firstRow … endRow − 1 into lowerBounds and upperBounds, at the rows' own places. */
export function boundRows(request: ScanRequest, firstRow: u32, endRow: u32): void {
  const dimension = <usize>request.dimension;
  const weightsEnd = request.weights + (dimension << 1);
  for (let row = firstRow; row < endRow; row += 4) {
    const codes = request.codes + <usize>row * dimension;
    const middle = middleOf(request, row, blockProducts(codes, request.weights, weightsEnd));
    const width = widthOf(request, row);
    const at = <usize>row << 2;
    v128.store(request.upperBounds + at, f32x4.add(middle, width));
    v128.store(request.lowerBounds + at, f32x4.sub(middle, width));
  }
}
