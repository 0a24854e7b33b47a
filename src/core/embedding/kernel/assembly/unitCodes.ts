import { squares } from './exact';

/** What coding at unit length needs; ../../graph/graphMemory.ts writes it field by field, in this order, 4 bytes each. */
@unmanaged
export class UnitCodesRequest {
  /** As in entries.ts. */
  codes: usize;
  thresholds: usize;
  ranked: usize;
  squaredNorms: usize;
  /** D */
  dimension: u32;
}

/** No product reaches it. */
const UNREACHABLE: i32 = i32.MAX_VALUE;

/**
 * Codes rows, which lie one after the other at `rows`, D float32 each, as rows firstRow, firstRow + 1, …: round(scale · row / ‖row‖).
 * In double precision throughout, so that the roundings of the computation itself do not count. Of a row without a direction the
 * codes are zero.
 *
 * @returns The largest Σ (scale · row / ‖row‖ − code)² of them.
 */
export function encodeUnitRows(
  request: UnitCodesRequest,
  scale: f64,
  rows: usize,
  firstRow: u32,
  rowCount: u32,
): f64 {
  const dimension = <usize>request.dimension;
  let largest: f64 = 0;
  for (let row = firstRow; row < firstRow + rowCount; row++, rows += dimension << 2) {
    const squared = squares(rows, dimension);
    const hasDirection = squared > 0 && squared < Infinity;
    const codes =
      request.codes + <usize>(row & ~3) * (dimension << 1) + <usize>(row & 3) * nextRow(dimension);
    store<f64>(request.squaredNorms + (<usize>row << 3), squared);
    store<bool>(request.ranked + row, squared < Infinity);
    store<i32>(request.thresholds + (<usize>row << 2), hasDirection ? i32.MIN_VALUE : UNREACHABLE);
    if (hasDirection) {
      largest = max(largest, encodeUnitRow(codes, rows, dimension, scale / Math.sqrt(squared)));
    } else {
      clearUnitRow(codes, dimension);
    }
  }
  return largest;
}

// @ts-ignore: decorator
@inline
const GROUP_BYTES: usize = ASC_FEATURE_RELAXED_SIMD ? 16 : 64;

/** From a row of a block to the next one, in bytes. */
// @ts-ignore: decorator
@inline
function nextRow(dimension: usize): usize {
  return ASC_FEATURE_RELAXED_SIMD ? dimension << 1 : 16;
}

function encodeUnitRow(codes: usize, row: usize, dimension: usize, factor: f64): f64 {
  const factors = f64x2.splat(factor);
  let errors = f64x2.splat(0);
  for (const end = row + (dimension << 2); row < end; row += 32, codes += GROUP_BYTES) {
    const v0 = f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row)), factors);
    const v1 = f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 8)), factors);
    const v2 = f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 16)), factors);
    const v3 = f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 24)), factors);
    const c0 = f64x2.nearest(v0);
    const c1 = f64x2.nearest(v1);
    const c2 = f64x2.nearest(v2);
    const c3 = f64x2.nearest(v3);
    errors = f64x2.add(errors, f64x2.add(squareOfDifference(v0, c0), squareOfDifference(v1, c1)));
    errors = f64x2.add(errors, f64x2.add(squareOfDifference(v2, c2), squareOfDifference(v3, c3)));
    v128.store(codes, i16x8.narrow_i32x4_s(pairs(c0, c1), pairs(c2, c3)));
  }
  return f64x2.extract_lane(errors, 0) + f64x2.extract_lane(errors, 1);
}

// @ts-ignore: decorator
@inline
function squareOfDifference(a: v128, b: v128): v128 {
  const difference = f64x2.sub(a, b);
  return f64x2.mul(difference, difference);
}

/** Whole numbers of two registers as four int32. */
// @ts-ignore: decorator
@inline
function pairs(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(i32x4.trunc_sat_f64x2_s_zero(a), i32x4.trunc_sat_f64x2_s_zero(b), 0, 2);
}

function clearUnitRow(codes: usize, dimension: usize): void {
  for (let value: usize = 0; value < dimension; value += 8, codes += GROUP_BYTES) {
    v128.store(codes, i64x2.splat(0));
  }
}
