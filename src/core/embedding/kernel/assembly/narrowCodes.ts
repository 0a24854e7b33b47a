/*
 * Narrow codes of the neighbor graph, for relaxed SIMD: bytes made from the int16 codes of entries.ts, so that a pair of rows is first
 * looked at with half the work. With C the int16 codes of a row, M a center of whole numbers and Z = C − M
 *
 *   near        int8, N × D: c with Z ≈ s · c, −127 … 127. Blocks as the codes of an index: 16 values of row 0, then of rows 1, 2 and 3.
 *   far         uint8, N × D, in the same order: d + 64 with Z ≈ t · d, −63 … 63. The second operand of relaxed SIMD's dot product has to
 *               be 0 … 127.
 *   codeSums    int32, N: 64 · Σ c
 *   figures     float32, N each: nearScales s, nearErrors ≥ ‖Z − s c‖, nearLengths ≥ ‖s c‖; farScales t, farErrors ≥ ‖Z − t d‖,
 *               lengths ≥ ‖Z‖; bases A = C·M − M·M / 2
 *
 * For two rows i and j
 *
 *   Ci·Cj = A + A' + Zi·Zj = A + A' + s t' (c·d') + (Zi − s c)·Zj + s c·(Zj − t' d')
 *        ≤ A + A' + s t' (c·d') + ‖Zi − s c‖ ‖Zj‖ + ‖s c‖ ‖Zj − t' d'‖      (Cauchy and Schwarz).
 *
 * That it is also right in single precision, ROUNDING_SLACK is added to each base. C and M are at most 1.01 · 2¹⁵ long, so Z² < 1.05 · 2³²
 * and |A| < 0.4 · 2³². Rounded to the nearest, no value is missed by more than itself: errors are not longer than Z, and what stands for
 * Z is at most twice as long. In units of 2³² the first product is below 4.2 and is rounded three times, the other two are below 2.1 and
 * rounded once, as are the two bases, their sum, and the threshold, all below 1; the other three sums are below 5, 4 and 9. Each rounding
 * is 2⁻²⁴ of that: 2³² · 2⁻²⁴ · (12.6 + 4.2 + 4 + 18) < 10,000.
 */
@unmanaged
export class NarrowRequest {
  /** int16, as in entries.ts. */
  codes: usize;
  /** D */
  dimension: u32;
  /** int16, D: M. */
  center: usize;
  near: usize;
  far: usize;
  codeSums: usize;
  nearScales: usize;
  nearErrors: usize;
  nearLengths: usize;
  farScales: usize;
  farErrors: usize;
  lengths: usize;
  bases: usize;
}

/** For each of two bases; see above. */
const ROUNDING_SLACK: f64 = 8192;
/** A length that is computed in double precision and rounded to single is not below the exact one after that. */
const LENGTH_FACTOR: f64 = 1.000001;

const LARGEST_NEAR: f32 = 127;
const LARGEST_FAR: f32 = 63;

/** Adds the int16 codes of the rows firstRow … endRow − 1 to sums: int32, D. */
export function addUnitCodes(request: NarrowRequest, sums: usize, firstRow: u32, endRow: u32): void {
  const rowBytes = <usize>request.dimension << 1;
  let codes = request.codes + <usize>firstRow * rowBytes;
  for (let row = firstRow; row < endRow; row++) {
    let sum = sums;
    for (const end = codes + rowBytes; codes < end; codes += 16, sum += 32) {
      const values = v128.load(codes);
      v128.store(sum, i32x4.add(v128.load(sum), i32x4.extend_low_i16x8_s(values)));
      v128.store(sum, i32x4.add(v128.load(sum, 16), i32x4.extend_high_i16x8_s(values)), 16);
    }
  }
}

/** Makes the narrow codes and the figures of the rows firstRow … endRow − 1 from their int16 codes. */
export function narrowRows(request: NarrowRequest, firstRow: u32, endRow: u32): void {
  for (let row = firstRow; row < endRow; row++) {
    narrowRow(request, row);
  }
}

function narrowRow(request: NarrowRequest, row: u32): void {
  const dimension = <usize>request.dimension;
  const block = <usize>(row & ~3) * dimension;
  const lane = <usize>(row & 3) << 4;
  const codes = request.codes + <usize>row * (dimension << 1);
  const codesEnd = codes + (dimension << 1);
  const largest = largestOf(codes, codesEnd, request.center);
  const nearScale = largest / LARGEST_NEAR;
  const farScale = largest / LARGEST_FAR;
  const nearInverse = f32x4.splat(largest > 0 ? LARGEST_NEAR / largest : 0);
  const farInverse = f32x4.splat(largest > 0 ? LARGEST_FAR / largest : 0);
  const nearStep = f64x2.splat(<f64>nearScale);
  const farStep = f64x2.splat(<f64>farScale);
  let near = request.near + block + lane;
  let far = request.far + block + lane;
  let center = request.center;
  let products = i64x2.splat(0);
  let centerSquares = products;
  let codeSum = i32x4.splat(0);
  let squares = f64x2.splat(0);
  let nearSquares = squares;
  let nearErrors = squares;
  let farErrors = squares;
  let nearHalf = codeSum;
  let farHalf = codeSum;
  for (let at = codes; at < codesEnd; at += 16, center += 16) {
    const value = v128.load(at);
    const middle = v128.load(center);
    // Two products of int16 are below 2³¹: no code is −2¹⁵.
    products = i64x2.add(products, pairSums(i32x4.dot_i16x8_s(value, middle)));
    centerSquares = i64x2.add(centerSquares, pairSums(i32x4.dot_i16x8_s(middle, middle)));
    const z0 = differenceLow(value, middle);
    const z1 = differenceHigh(value, middle);
    const c0 = f32x4.nearest(f32x4.mul(z0, nearInverse));
    const c1 = f32x4.nearest(f32x4.mul(z1, nearInverse));
    const d0 = f32x4.nearest(f32x4.mul(z0, farInverse));
    const d1 = f32x4.nearest(f32x4.mul(z1, farInverse));
    squares = f64x2.add(squares, f64x2.add(squaresOf(z0), squaresOf(z1)));
    nearSquares = f64x2.add(nearSquares, f64x2.add(squaresOf(c0), squaresOf(c1)));
    nearErrors = f64x2.add(nearErrors, f64x2.add(errorsOf(z0, c0, nearStep), errorsOf(z1, c1, nearStep)));
    farErrors = f64x2.add(farErrors, f64x2.add(errorsOf(z0, d0, farStep), errorsOf(z1, d1, farStep)));
    const nearCodes = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(c0), i32x4.trunc_sat_f32x4_s(c1));
    const farCodes = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(d0), i32x4.trunc_sat_f32x4_s(d1));
    codeSum = i32x4.add(codeSum, i32x4.dot_i16x8_s(nearCodes, i16x8.splat(64)));
    if (((at - codes) & 16) == 0) {
      nearHalf = nearCodes;
      farHalf = farCodes;
    } else {
      v128.store(near, i8x16.narrow_i16x8_s(nearHalf, nearCodes));
      v128.store(far, i8x16.add(i8x16.narrow_i16x8_s(farHalf, farCodes), i8x16.splat(64)));
      near += 64;
      far += 64;
    }
  }
  const place = <usize>row << 2;
  store<i32>(
    request.codeSums + place,
    i32x4.extract_lane(codeSum, 0) +
      i32x4.extract_lane(codeSum, 1) +
      i32x4.extract_lane(codeSum, 2) +
      i32x4.extract_lane(codeSum, 3),
  );
  store<f32>(request.nearScales + place, nearScale);
  store<f32>(request.nearErrors + place, lengthOf(nearErrors));
  store<f32>(request.nearLengths + place, <f32>(<f64>nearScale * <f64>lengthOf(nearSquares) * LENGTH_FACTOR));
  store<f32>(request.farScales + place, farScale);
  store<f32>(request.farErrors + place, lengthOf(farErrors));
  store<f32>(request.lengths + place, lengthOf(squares));
  const base = <f64>totalOf(products) - <f64>totalOf(centerSquares) / 2;
  store<f32>(request.bases + place, <f32>(base + ROUNDING_SLACK));
}

/** max |Z| */
function largestOf(codes: usize, end: usize, center: usize): f32 {
  let largest = f32x4.splat(0);
  for (; codes < end; codes += 16, center += 16) {
    const value = v128.load(codes);
    const middle = v128.load(center);
    largest = f32x4.pmax(largest, f32x4.abs(differenceLow(value, middle)));
    largest = f32x4.pmax(largest, f32x4.abs(differenceHigh(value, middle)));
  }
  return max(
    max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  );
}

// @ts-ignore: decorator
@inline
function differenceLow(a: v128, b: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.sub(i32x4.extend_low_i16x8_s(a), i32x4.extend_low_i16x8_s(b)));
}

// @ts-ignore: decorator
@inline
function differenceHigh(a: v128, b: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.sub(i32x4.extend_high_i16x8_s(a), i32x4.extend_high_i16x8_s(b)));
}

// @ts-ignore: decorator
@inline
function pairSums(values: v128): v128 {
  return i64x2.add(i64x2.extend_low_i32x4_s(values), i64x2.extend_high_i32x4_s(values));
}

// @ts-ignore: decorator
@inline
function totalOf(sums: v128): i64 {
  return i64x2.extract_lane(sums, 0) + i64x2.extract_lane(sums, 1);
}

// @ts-ignore: decorator
@inline
function low(values: v128): v128 {
  return f64x2.promote_low_f32x4(values);
}

// @ts-ignore: decorator
@inline
function high(values: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(values, values, 1, 1));
}

// @ts-ignore: decorator
@inline
function square(a: v128): v128 {
  return f64x2.mul(a, a);
}

// @ts-ignore: decorator
@inline
function squaresOf(values: v128): v128 {
  return f64x2.add(square(low(values)), square(high(values)));
}

/** The squares of z − step · code. */
// @ts-ignore: decorator
@inline
function errorsOf(z: v128, code: v128, step: v128): v128 {
  return f64x2.add(
    square(f64x2.sub(low(z), f64x2.mul(step, low(code)))),
    square(f64x2.sub(high(z), f64x2.mul(step, high(code)))),
  );
}

/** At least the root of a sum of squares. */
// @ts-ignore: decorator
@inline
function lengthOf(squares: v128): f32 {
  const sum = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  return <f32>(Math.sqrt(sum) * LENGTH_FACTOR);
}
