import { TileRequest } from './entries';
import { NarrowRequest } from './narrowCodes';
import { totals } from './totals';

// @ts-ignore: decorator
@inline
function dot(near: v128, far: v128, sum: v128): v128 {
  return i32x4.relaxed_dot_i8x16_i7x16_add_s(near, far, sum);
}

/**
 * Which pairs of the rows row … row + 3 with `other` and other + 1 may have a product that reaches the threshold of one of them, by
 * their narrow codes: see narrowCodes.ts.
 *
 * @returns Bit i for row + i with `other`, bit 4 + i for row + i with other + 1.
 */
export function narrowHits(request: TileRequest, row: u32, other: u32): u32 {
  const narrow = changetype<NarrowRequest>(request.narrow);
  const dimension = <usize>request.dimension;
  let a = narrow.near + <usize>row * dimension;
  let b = narrow.far + <usize>(other & ~3) * dimension + (<usize>(other & 3) << 4);
  let sum00 = i32x4.splat(0);
  let sum10 = sum00;
  let sum20 = sum00;
  let sum30 = sum00;
  let sum01 = sum00;
  let sum11 = sum00;
  let sum21 = sum00;
  let sum31 = sum00;
  for (const end = a + (dimension << 2); a < end; a += 64, b += 64) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let value = v128.load(a);
    sum00 = dot(value, b0, sum00);
    sum01 = dot(value, b1, sum01);
    value = v128.load(a, 16);
    sum10 = dot(value, b0, sum10);
    sum11 = dot(value, b1, sum11);
    value = v128.load(a, 32);
    sum20 = dot(value, b0, sum20);
    sum21 = dot(value, b1, sum21);
    value = v128.load(a, 48);
    sum30 = dot(value, b0, sum30);
    sum31 = dot(value, b1, sum31);
  }
  const first = hits(request, narrow, row, other, totals(sum00, sum10, sum20, sum30));
  const second = hits(request, narrow, row, other + 1, totals(sum01, sum11, sum21, sum31));
  return first | (second << 4);
}

// @ts-ignore: decorator
@inline
function hits(request: TileRequest, narrow: NarrowRequest, row: u32, other: u32, sums: v128): u32 {
  const at = <usize>row << 2;
  const otherAt = <usize>other << 2;
  const products = f32x4.convert_i32x4_s(i32x4.sub(sums, v128.load(narrow.codeSums + at)));
  const scaled = f32x4.mul(
    f32x4.mul(products, v128.load(narrow.nearScales + at)),
    v128.load32_splat(narrow.farScales + otherAt),
  );
  const nearError = f32x4.mul(v128.load(narrow.nearErrors + at), v128.load32_splat(narrow.lengths + otherAt));
  const farError = f32x4.mul(v128.load(narrow.nearLengths + at), v128.load32_splat(narrow.farErrors + otherAt));
  const bases = f32x4.add(v128.load(narrow.bases + at), v128.load32_splat(narrow.bases + otherAt));
  const upper = f32x4.add(f32x4.add(scaled, bases), f32x4.add(nearError, farError));
  // Reaching the lower of two thresholds is reaching one of them.
  const threshold = i32x4.min_s(
    v128.load(request.thresholds + at),
    v128.load32_splat(request.thresholds + otherAt),
  );
  return <u32>i32x4.bitmask(f32x4.ge(upper, f32x4.convert_i32x4_s(threshold)));
}
