import { formed } from './codeForm';
import { squares } from './exact';

/** What coding needs; ../../index/indexBuilder.ts writes it field by field, in this order, 4 bytes each. */
@unmanaged
export class EncodeRequest {
  codes: usize;
  scales: usize;
  residuals: usize;
  squaredNorms: usize;
  /** float32, D */
  center: usize;
  /** float32, D: room for one coded row. */
  scratch: usize;
  /** float32, D: Σ z over the rows of a call is added. */
  codedSum: usize;
  /** D */
  dimension: u32;
  /** What a residual is multiplied by, and what is added then, to cover the roundings of its own computation. */
  residualFactor: f32;
  residualSlack: f32;
  /** The largest Σ code² of a row so far. */
  largestCodeSquares: u32;
  /** The largest ‖scale · code‖ of a row so far. */
  largestCodedLength: f32;
  /** int32, N: Σ code. */
  codeSums: usize;
}

/** Squared lengths between which a row is brought to unit length in single precision; others need double precision. */
const SMALLEST_MODERATE_SQUARE: f64 = 7.52e-37; // 2⁻¹²⁰
const LARGEST_MODERATE_SQUARE: f64 = 1.32e36; // 2¹²⁰

/**
 * Codes rows, which lie one after the other at `rows`, D float32 each, as rows firstRow, firstRow + 1, … of the index. Of a row that
 * is zero, or holds NaN or infinity, only the squared length is kept.
 */
export function encodeRows(request: EncodeRequest, rows: usize, firstRow: u32, rowCount: u32): void {
  const dimension = <usize>request.dimension;
  for (let row = firstRow; row < firstRow + rowCount; row++, rows += dimension << 2) {
    const squared = squares(rows, dimension);
    store<f64>(request.squaredNorms + (<usize>row << 3), squared);
    const codes = request.codes + <usize>(row & ~3) * dimension + (<usize>(row & 3) << 4);
    const at = <usize>row << 2;
    if (squared > 0 && squared < Infinity) {
      const largest = centerRow(request, rows, squared);
      const scale = largest / 127;
      store<f32>(request.scales + at, scale);
      store<f32>(request.residuals + at, quantizeRow(request, codes, request.codeSums + at, scale, largest));
    } else {
      clearCodes(codes, dimension);
      store<f32>(request.scales + at, 0);
      store<f32>(request.residuals + at, 0);
      store<i32>(request.codeSums + at, 0);
    }
  }
}

/**
 * Where no coded value is larger, the row is its center: all codes are 0, and the residual's slack is far more than what they miss. Below
 * 127 / 2¹²⁸ ≈ 4e-37 a scale has no inverse in single precision.
 */
const SMALLEST_CODED: f32 = 1e-30;

/** 1.5 · 2²³ */
const ROUNDER: f32 = 12582912;

/** Writes z = row / ‖row‖ − center into the scratch and adds it to codedSum. Returns max |z|. */
function centerRow(request: EncodeRequest, row: usize, squared: f64): f32 {
  const inverse = 1 / Math.sqrt(squared);
  const scratch = request.scratch;
  const bytes = <usize>request.dimension << 2;
  let unit = row;
  let factor = f32x4.splat(<f32>inverse);
  if (!(squared > SMALLEST_MODERATE_SQUARE && squared < LARGEST_MODERATE_SQUARE)) {
    const doubleFactor = f64x2.splat(inverse);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(scratch + at, unitInDoublePrecision(v128.load(row + at), doubleFactor));
    }
    unit = scratch;
    factor = f32x4.splat(1);
  }
  const center = request.center;
  const codedSum = request.codedSum;
  let largest = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const z = f32x4.sub(f32x4.mul(v128.load(unit + at), factor), v128.load(center + at));
    v128.store(scratch + at, z);
    v128.store(codedSum + at, f32x4.add(v128.load(codedSum + at), z));
    // No NaN comes here, so the plain maximum of the processor does.
    largest = f32x4.pmax(largest, f32x4.abs(z));
  }
  return max(
    max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  );
}

function unitInDoublePrecision(values: v128, factor: v128): v128 {
  const low = f64x2.mul(f64x2.promote_low_f32x4(values), factor);
  const high = f64x2.mul(f64x2.promote_low_f32x4(v128.shuffle<i64>(values, values, 1, 1)), factor);
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** Writes the codes of the scratch and their sum, keeps the two largest figures up to date, and returns the residual. */
function quantizeRow(request: EncodeRequest, codes: usize, codeSum: usize, scale: f32, largest: f32): f32 {
  const inverse = f32x4.splat(largest > SMALLEST_CODED ? 127 / largest : 0);
  const step = f32x4.splat(scale);
  const one = i16x8.splat(1);
  // Added to a small number, it leaves no place for a fraction: the sum is rounded, and its bits are those of the rounder plus the number.
  const rounder = f32x4.splat(ROUNDER);
  const end = request.scratch + (<usize>request.dimension << 2);
  let codeSquares = i32x4.splat(0);
  let codeTotals = codeSquares;
  let errors0 = f32x4.splat(0);
  let errors1 = errors0;
  let errors2 = errors0;
  let errors3 = errors0;
  for (let z = request.scratch; z < end; z += 64, codes += 64) {
    const z0 = v128.load(z);
    const z1 = v128.load(z, 16);
    const z2 = v128.load(z, 32);
    const z3 = v128.load(z, 48);
    const shifted0 = f32x4.add(f32x4.mul(z0, inverse), rounder);
    const shifted1 = f32x4.add(f32x4.mul(z1, inverse), rounder);
    const shifted2 = f32x4.add(f32x4.mul(z2, inverse), rounder);
    const shifted3 = f32x4.add(f32x4.mul(z3, inverse), rounder);
    errors0 = f32x4.add(errors0, squareOfDifference(z0, f32x4.mul(step, f32x4.sub(shifted0, rounder))));
    errors1 = f32x4.add(errors1, squareOfDifference(z1, f32x4.mul(step, f32x4.sub(shifted1, rounder))));
    errors2 = f32x4.add(errors2, squareOfDifference(z2, f32x4.mul(step, f32x4.sub(shifted2, rounder))));
    errors3 = f32x4.add(errors3, squareOfDifference(z3, f32x4.mul(step, f32x4.sub(shifted3, rounder))));
    const codes01 = i16x8.narrow_i32x4_s(i32x4.sub(shifted0, rounder), i32x4.sub(shifted1, rounder));
    const codes23 = i16x8.narrow_i32x4_s(i32x4.sub(shifted2, rounder), i32x4.sub(shifted3, rounder));
    codeSquares = i32x4.add(codeSquares, i32x4.dot_i16x8_s(codes01, codes01));
    codeSquares = i32x4.add(codeSquares, i32x4.dot_i16x8_s(codes23, codes23));
    codeTotals = i32x4.add(codeTotals, i32x4.dot_i16x8_s(i16x8.add(codes01, codes23), one));
    v128.store(codes, formed(i8x16.narrow_i16x8_s(codes01, codes23)));
  }
  const squared = totalOf(codeSquares);
  store<i32>(codeSum, totalOf(codeTotals));
  request.largestCodeSquares = max(request.largestCodeSquares, <u32>squared);
  const codedLength = scale * <f32>Math.sqrt(<f64>squared);
  request.largestCodedLength = max(request.largestCodedLength, codedLength);
  const errors = f32x4.add(f32x4.add(errors0, errors1), f32x4.add(errors2, errors3));
  const error =
    f32x4.extract_lane(errors, 0) +
    f32x4.extract_lane(errors, 1) +
    (f32x4.extract_lane(errors, 2) + f32x4.extract_lane(errors, 3));
  return <f32>Math.sqrt(<f64>error) * request.residualFactor + request.residualSlack;
}

// @ts-ignore: decorator
@inline
function totalOf(sums: v128): i32 {
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    (i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3))
  );
}

// @ts-ignore: decorator
@inline
function squareOfDifference(a: v128, b: v128): v128 {
  const difference = f32x4.sub(a, b);
  return f32x4.mul(difference, difference);
}

function clearCodes(codes: usize, dimension: usize): void {
  for (let end = codes + (dimension << 2); codes < end; codes += 64) {
    v128.store(codes, i64x2.splat(0));
  }
}

/**
 * Adds rows to `sums`, float64, D: each value by rising row, which is the order that all kernels keep. Rows whose squared length is not
 * finite are left out.
 */
export function addRows(sums: usize, rows: usize, squaredNorms: usize, rowCount: u32, dimension: u32): void {
  const stride = <usize>dimension << 2;
  let row: u32 = 0;
  while (row < rowCount) {
    const squared = squaredNorms + (<usize>row << 3);
    // Four rows at a time: the sums are loaded and stored once for them.
    if (
      row + 4 <= rowCount &&
      load<f64>(squared) < Infinity &&
      load<f64>(squared, 8) < Infinity &&
      load<f64>(squared, 16) < Infinity &&
      load<f64>(squared, 24) < Infinity
    ) {
      for (let at: usize = 0; at < stride; at += 8) {
        const sum = sums + (at << 1);
        let total = f64x2.add(v128.load(sum), pairAt(rows + at));
        total = f64x2.add(total, pairAt(rows + stride + at));
        total = f64x2.add(total, pairAt(rows + 2 * stride + at));
        v128.store(sum, f64x2.add(total, pairAt(rows + 3 * stride + at)));
      }
      row += 4;
      rows += stride << 2;
    } else {
      if (load<f64>(squared) < Infinity) {
        for (let at: usize = 0; at < stride; at += 8) {
          const sum = sums + (at << 1);
          v128.store(sum, f64x2.add(v128.load(sum), pairAt(rows + at)));
        }
      }
      row++;
      rows += stride;
    }
  }
}

// @ts-ignore: decorator
@inline
function pairAt(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address));
}
