import { totals } from './totals';

/*
 * Products of a query with rows' codes by relaxed SIMD, four rows at a time. The second operand of its dot product has to be 0 … 127, or
 * each processor may do with it as it likes. So a weight b of the query is cut into two halves, b = 128 h + l, both −64 … 63, and their
 * vectors hold h + 64 and l + 64: what is summed is Σ code · (h + 64), and 64 · Σ code has to be subtracted.
 *
 * All sums may wrap on their way. In 16 bits nothing is lost: two products are at most 2 · 128 · 127 < 2¹⁵.
 */

/** What has to be subtracted from a sum of halves that were joined, for each Σ code: 64 · 128 + 64. */
export const JOINED_OFFSET: i32 = 8256;

// @ts-ignore: decorator
@inline
function dot(codes: v128, half: v128, sum: v128): v128 {
  return i32x4.relaxed_dot_i8x16_i7x16_add_s(codes, half, sum);
}

/** The sums of the four rows of a block with one half, 64 · Σ code too large. */
// @ts-ignore: decorator
@inline
export function halfBlockSums(codes: usize, half: usize, halfEnd: usize): v128 {
  let sum0 = i32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (; half < halfEnd; half += 16, codes += 64) {
    const weight = v128.load(half);
    sum0 = dot(v128.load(codes), weight, sum0);
    sum1 = dot(v128.load(codes, 16), weight, sum1);
    sum2 = dot(v128.load(codes, 32), weight, sum2);
    sum3 = dot(v128.load(codes, 48), weight, sum3);
  }
  return totals(sum0, sum1, sum2, sum3);
}

/** Stores the sums of two blocks with one half, the second `farCodes` bytes behind the first; they go to `sums` and `farSums` bytes behind that. */
export function storeHalfSums(
  codes: usize,
  farCodes: usize,
  half: usize,
  halfEnd: usize,
  sums: usize,
  farSums: usize,
): void {
  let near0 = i32x4.splat(0);
  let near1 = near0;
  let near2 = near0;
  let near3 = near0;
  let far0 = near0;
  let far1 = near0;
  let far2 = near0;
  let far3 = near0;
  for (; half < halfEnd; half += 16, codes += 64) {
    const weight = v128.load(half);
    const far = codes + farCodes;
    near0 = dot(v128.load(codes), weight, near0);
    far0 = dot(v128.load(far), weight, far0);
    near1 = dot(v128.load(codes, 16), weight, near1);
    far1 = dot(v128.load(far, 16), weight, far1);
    near2 = dot(v128.load(codes, 32), weight, near2);
    far2 = dot(v128.load(far, 32), weight, far2);
    near3 = dot(v128.load(codes, 48), weight, near3);
    far3 = dot(v128.load(far, 48), weight, far3);
  }
  v128.store(sums, totals(near0, near1, near2, near3));
  v128.store(sums + farSums, totals(far0, far1, far2, far3));
}

/**
 * The sums of a block with both halves, joined; JOINED_OFFSET · Σ code too large.
 *
 * @param high h + 64.
 * @param low l + 64.
 */
export function joinedBlockSums(codes: usize, high: usize, low: usize, lowEnd: usize): v128 {
  let high0 = i32x4.splat(0);
  let high1 = high0;
  let high2 = high0;
  let high3 = high0;
  let low0 = high0;
  let low1 = high0;
  let low2 = high0;
  let low3 = high0;
  for (; low < lowEnd; high += 16, low += 16, codes += 64) {
    const highWeight = v128.load(high);
    const lowWeight = v128.load(low);
    let code = v128.load(codes);
    high0 = dot(code, highWeight, high0);
    low0 = dot(code, lowWeight, low0);
    code = v128.load(codes, 16);
    high1 = dot(code, highWeight, high1);
    low1 = dot(code, lowWeight, low1);
    code = v128.load(codes, 32);
    high2 = dot(code, highWeight, high2);
    low2 = dot(code, lowWeight, low2);
    code = v128.load(codes, 48);
    high3 = dot(code, highWeight, high3);
    low3 = dot(code, lowWeight, low3);
  }
  return i32x4.add(
    i32x4.shl(totals(high0, high1, high2, high3), 7),
    totals(low0, low1, low2, low3),
  );
}
