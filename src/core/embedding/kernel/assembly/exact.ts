/*
 * Sums in double precision over float32 rows, in the canonical order of ../canonicalSums.ts: lane j mod 8 of four registers of two
 * lanes. Rows and vectors are padded with zeros to D values, which changes no sum.
 */

// ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7))
// @ts-ignore: decorator
@inline
function combine(sum01: v128, sum23: v128, sum45: v128, sum67: v128): f64 {
  const sums = f64x2.add(f64x2.add(sum01, sum45), f64x2.add(sum23, sum67));
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

// @ts-ignore: decorator
@inline
function pair(address: usize, offset: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address + offset));
}

// @ts-ignore: decorator
@inline
function square(a: v128): v128 {
  return f64x2.mul(a, a);
}

/** Σ value² of one row. */
export function squares(row: usize, dimension: usize): f64 {
  let sum01 = f64x2.splat(0);
  let sum23 = sum01;
  let sum45 = sum01;
  let sum67 = sum01;
  for (const end = row + (dimension << 2); row < end; row += 32) {
    sum01 = f64x2.add(sum01, square(pair(row, 0)));
    sum23 = f64x2.add(sum23, square(pair(row, 8)));
    sum45 = f64x2.add(sum45, square(pair(row, 16)));
    sum67 = f64x2.add(sum67, square(pair(row, 24)));
  }
  return combine(sum01, sum23, sum45, sum67);
}

/** results[i] = Σ query · value of the i-th row at `rows`; query: float64. */
export function dots(query: usize, rows: usize, results: usize, rowCount: u32, dimension: u32): void {
  const stride = <usize>dimension << 2;
  for (let i: u32 = 0; i < rowCount; i++, rows += stride, results += 8) {
    let sum01 = f64x2.splat(0);
    let sum23 = sum01;
    let sum45 = sum01;
    let sum67 = sum01;
    let weight = query;
    for (let row = rows; row < rows + stride; row += 32, weight += 64) {
      sum01 = f64x2.add(sum01, f64x2.mul(v128.load(weight), pair(row, 0)));
      sum23 = f64x2.add(sum23, f64x2.mul(v128.load(weight, 16), pair(row, 8)));
      sum45 = f64x2.add(sum45, f64x2.mul(v128.load(weight, 32), pair(row, 16)));
      sum67 = f64x2.add(sum67, f64x2.mul(v128.load(weight, 48), pair(row, 24)));
    }
    store<f64>(results, combine(sum01, sum23, sum45, sum67));
  }
}

/** results[i] = Σ query · (value − mean); query and mean: float64. */
export function centeredDots(
  query: usize,
  mean: usize,
  rows: usize,
  results: usize,
  rowCount: u32,
  dimension: u32,
): void {
  const stride = <usize>dimension << 2;
  for (let i: u32 = 0; i < rowCount; i++, rows += stride, results += 8) {
    let sum01 = f64x2.splat(0);
    let sum23 = sum01;
    let sum45 = sum01;
    let sum67 = sum01;
    let weight = query;
    let middle = mean;
    for (let row = rows; row < rows + stride; row += 32, weight += 64, middle += 64) {
      sum01 = f64x2.add(sum01, f64x2.mul(v128.load(weight), f64x2.sub(pair(row, 0), v128.load(middle))));
      sum23 = f64x2.add(sum23, f64x2.mul(v128.load(weight, 16), f64x2.sub(pair(row, 8), v128.load(middle, 16))));
      sum45 = f64x2.add(sum45, f64x2.mul(v128.load(weight, 32), f64x2.sub(pair(row, 16), v128.load(middle, 32))));
      sum67 = f64x2.add(sum67, f64x2.mul(v128.load(weight, 48), f64x2.sub(pair(row, 24), v128.load(middle, 48))));
    }
    store<f64>(results, combine(sum01, sum23, sum45, sum67));
  }
}

/** results[i] = Σ (query − value)²: the squared distance, with the mean of all rows for a query the squared centered length; query: float64. */
export function squaredDistances(query: usize, rows: usize, results: usize, rowCount: u32, dimension: u32): void {
  const stride = <usize>dimension << 2;
  for (let i: u32 = 0; i < rowCount; i++, rows += stride, results += 8) {
    let sum01 = f64x2.splat(0);
    let sum23 = sum01;
    let sum45 = sum01;
    let sum67 = sum01;
    let weight = query;
    for (let row = rows; row < rows + stride; row += 32, weight += 64) {
      sum01 = f64x2.add(sum01, square(f64x2.sub(v128.load(weight), pair(row, 0))));
      sum23 = f64x2.add(sum23, square(f64x2.sub(v128.load(weight, 16), pair(row, 8))));
      sum45 = f64x2.add(sum45, square(f64x2.sub(v128.load(weight, 32), pair(row, 16))));
      sum67 = f64x2.add(sum67, square(f64x2.sub(v128.load(weight, 48), pair(row, 24))));
    }
    store<f64>(results, combine(sum01, sum23, sum45, sum67));
  }
}
