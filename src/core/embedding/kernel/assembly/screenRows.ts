/*
 * AssemblyScript source of the SIMD kernel. Plain WebAssembly SIMD: no relaxed instructions, no threads.
 *
 * Memory, laid out by the typed face (../simdKernel.ts); every address is a byte offset below 4 GiB:
 *
 *   query          float32, `dimension` values, then zeros up to a multiple of 16
 *   inverseNorms   float32, one a row: 1 / ‖row‖
 *   squaredNorms   float64, one a row: Σ value²
 *   scores         float32, one a row
 *   codes          bfloat16, for each row its values rounded, then zeros up to a multiple of 16
 *   rows           float32, rowCount × dimension, row-major, without padding, as the checkpoint holds them
 *
 * Screening waits for memory, not for arithmetic. bfloat16, the upper half of a float32, halves what it reads.
 *
 * Eight codes fill a register: 32-bit word i holds value i in its lower half and value i + 4 in its upper half, so that one
 * shift and one mask make eight float32 of them, in the order of the query.
 */

/** 16 values of the query in float32, and of a row's codes. */
const QUERY_BLOCK_BYTES: usize = 64;
const CODE_BLOCK_BYTES: usize = 32;

/**
 * scores[row] = (query · codes of row) · inverseNorms[row] in single precision, for all rows.
 *
 * A processor fetches ahead for several streams at once: four rows from four distant quarters of the matrix are taken at a time
 * (a quarter faster than one row after the other; four neighboring rows gain nothing). Quarters overlap where rowCount
 * is no multiple of 4; their common rows are computed twice, to the same result.
 */
export function screenRows(
  query: usize,
  codes: usize,
  inverseNorms: usize,
  scores: usize,
  rowCount: u32,
  dimension: u32,
): void {
  const blocks = (<usize>dimension + 15) >> 4;
  const queryEnd = query + blocks * QUERY_BLOCK_BYTES;
  const rowBytes = blocks * CODE_BLOCK_BYTES;
  const quarter = (rowCount >> 2) + u32((rowCount & 3) != 0);
  const lastStart = rowCount - quarter;
  const startB = min(quarter, lastStart);
  const startC = min(quarter * 2, lastStart);
  const startD = lastStart;
  const upper = i32x4.splat(0xffff0000);
  for (let row: u32 = 0; row < quarter; row++) {
    let a = codes + <usize>row * rowBytes;
    let b = codes + <usize>(startB + row) * rowBytes;
    let c = codes + <usize>(startC + row) * rowBytes;
    let d = codes + <usize>(startD + row) * rowBytes;
    // Two sums of four lanes for each row: all eight stay in registers, and their additions do not wait for each other.
    let sumA0 = f32x4.splat(0);
    let sumA1 = f32x4.splat(0);
    let sumB0 = f32x4.splat(0);
    let sumB1 = f32x4.splat(0);
    let sumC0 = f32x4.splat(0);
    let sumC1 = f32x4.splat(0);
    let sumD0 = f32x4.splat(0);
    let sumD1 = f32x4.splat(0);
    for (let weight = query; weight < queryEnd; weight += QUERY_BLOCK_BYTES) {
      const weight0 = v128.load(weight);
      const weight1 = v128.load(weight, 16);
      const weight2 = v128.load(weight, 32);
      const weight3 = v128.load(weight, 48);
      const a0 = v128.load(a);
      const a1 = v128.load(a, 16);
      sumA0 = f32x4.add(sumA0, f32x4.mul(i32x4.shl(a0, 16), weight0));
      sumA1 = f32x4.add(sumA1, f32x4.mul(v128.and(a0, upper), weight1));
      sumA0 = f32x4.add(sumA0, f32x4.mul(i32x4.shl(a1, 16), weight2));
      sumA1 = f32x4.add(sumA1, f32x4.mul(v128.and(a1, upper), weight3));
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      sumB0 = f32x4.add(sumB0, f32x4.mul(i32x4.shl(b0, 16), weight0));
      sumB1 = f32x4.add(sumB1, f32x4.mul(v128.and(b0, upper), weight1));
      sumB0 = f32x4.add(sumB0, f32x4.mul(i32x4.shl(b1, 16), weight2));
      sumB1 = f32x4.add(sumB1, f32x4.mul(v128.and(b1, upper), weight3));
      const c0 = v128.load(c);
      const c1 = v128.load(c, 16);
      sumC0 = f32x4.add(sumC0, f32x4.mul(i32x4.shl(c0, 16), weight0));
      sumC1 = f32x4.add(sumC1, f32x4.mul(v128.and(c0, upper), weight1));
      sumC0 = f32x4.add(sumC0, f32x4.mul(i32x4.shl(c1, 16), weight2));
      sumC1 = f32x4.add(sumC1, f32x4.mul(v128.and(c1, upper), weight3));
      const d0 = v128.load(d);
      const d1 = v128.load(d, 16);
      sumD0 = f32x4.add(sumD0, f32x4.mul(i32x4.shl(d0, 16), weight0));
      sumD1 = f32x4.add(sumD1, f32x4.mul(v128.and(d0, upper), weight1));
      sumD0 = f32x4.add(sumD0, f32x4.mul(i32x4.shl(d1, 16), weight2));
      sumD1 = f32x4.add(sumD1, f32x4.mul(v128.and(d1, upper), weight3));
      a += CODE_BLOCK_BYTES;
      b += CODE_BLOCK_BYTES;
      c += CODE_BLOCK_BYTES;
      d += CODE_BLOCK_BYTES;
    }
    storeScore(scores, inverseNorms, row, f32x4.add(sumA0, sumA1));
    storeScore(scores, inverseNorms, startB + row, f32x4.add(sumB0, sumB1));
    storeScore(scores, inverseNorms, startC + row, f32x4.add(sumC0, sumC1));
    storeScore(scores, inverseNorms, startD + row, f32x4.add(sumD0, sumD1));
  }
}

function storeScore(scores: usize, inverseNorms: usize, row: u32, sums: v128): void {
  const dot =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 1) +
    (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  const offset = (<usize>row) << 2;
  store<f32>(scores + offset, dot * load<f32>(inverseNorms + offset));
}

/** codes of some rows: each value rounded to the nearest bfloat16, halves away from zero. */
export function encodeRows(rows: usize, codes: usize, rowCount: u32, dimension: u32): void {
  const rowBytes = (<usize>dimension) << 2;
  const codeRowBytes = ((<usize>dimension + 15) >> 4) * CODE_BLOCK_BYTES;
  const half = i32x4.splat(0x8000);
  const upper = i32x4.splat(0xffff0000);
  for (let row: u32 = 0; row < rowCount; row++) {
    const rowEnd = rows + rowBytes;
    const codesEnd = codes + codeRowBytes;
    let value = rows;
    for (; value + 32 <= rowEnd; value += 32) {
      // As integers: adding half of the last place that is kept carries where the magnitude rounds up.
      const first = i32x4.add(v128.load(value), half);
      const second = i32x4.add(v128.load(value, 16), half);
      v128.store(codes, v128.or(i32x4.shr_u(first, 16), v128.and(second, upper)));
      codes += 16;
    }
    // The rest of the row, and zeros after it.
    for (; codes < codesEnd; codes += 16, value += 32) {
      for (let lane: usize = 0; lane < 16; lane += 4) {
        const first = roundedBits(value + lane, rowEnd);
        const second = roundedBits(value + lane + 16, rowEnd);
        store<u32>(codes + lane, (first >>> 16) | (second & 0xffff0000));
      }
    }
    rows = rowEnd;
  }
}

function roundedBits(address: usize, end: usize): u32 {
  return address < end ? load<u32>(address) + 0x8000 : 0;
}

/**
 * squaredNorms[row] = Σ value² in double precision, in the canonical order of ../canonicalSums.ts: lane j mod 8 of four
 * registers of two lanes.
 */
export function measureRows(rows: usize, squaredNorms: usize, rowCount: u32, dimension: u32): void {
  const rowBytes = (<usize>dimension) << 2;
  for (let row: u32 = 0; row < rowCount; row++) {
    let sum01 = f64x2.splat(0);
    let sum23 = f64x2.splat(0);
    let sum45 = f64x2.splat(0);
    let sum67 = f64x2.splat(0);
    let value = rows;
    const rowEnd = rows + rowBytes;
    for (; value + 32 <= rowEnd; value += 32) {
      const values01 = f64x2.promote_low_f32x4(v128.load64_zero(value));
      const values23 = f64x2.promote_low_f32x4(v128.load64_zero(value, 8));
      const values45 = f64x2.promote_low_f32x4(v128.load64_zero(value, 16));
      const values67 = f64x2.promote_low_f32x4(v128.load64_zero(value, 24));
      sum01 = f64x2.add(sum01, f64x2.mul(values01, values01));
      sum23 = f64x2.add(sum23, f64x2.mul(values23, values23));
      sum45 = f64x2.add(sum45, f64x2.mul(values45, values45));
      sum67 = f64x2.add(sum67, f64x2.mul(values67, values67));
    }
    // At most seven values are left; the next row begins behind them.
    if (value < rowEnd) sum01 = f64x2.replace_lane(sum01, 0, f64x2.extract_lane(sum01, 0) + square(value));
    if (value + 4 < rowEnd)
      sum01 = f64x2.replace_lane(sum01, 1, f64x2.extract_lane(sum01, 1) + square(value + 4));
    if (value + 8 < rowEnd)
      sum23 = f64x2.replace_lane(sum23, 0, f64x2.extract_lane(sum23, 0) + square(value + 8));
    if (value + 12 < rowEnd)
      sum23 = f64x2.replace_lane(sum23, 1, f64x2.extract_lane(sum23, 1) + square(value + 12));
    if (value + 16 < rowEnd)
      sum45 = f64x2.replace_lane(sum45, 0, f64x2.extract_lane(sum45, 0) + square(value + 16));
    if (value + 20 < rowEnd)
      sum45 = f64x2.replace_lane(sum45, 1, f64x2.extract_lane(sum45, 1) + square(value + 20));
    if (value + 24 < rowEnd)
      sum67 = f64x2.replace_lane(sum67, 0, f64x2.extract_lane(sum67, 0) + square(value + 24));
    // ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7))
    const sums = f64x2.add(f64x2.add(sum01, sum45), f64x2.add(sum23, sum67));
    store<f64>(squaredNorms, f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1));
    rows = rowEnd;
    squaredNorms += 8;
  }
}

function square(address: usize): f64 {
  const value = <f64>load<f32>(address);
  return value * value;
}
