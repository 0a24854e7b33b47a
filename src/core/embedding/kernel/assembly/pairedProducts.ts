import { totals } from './totals';

/*
 * Products of a query with rows' codes by plain SIMD, four rows at a time: Σ code · weight as int32. Sums may wrap on their way: the
 * query is scaled so that the last one fits.
 */

// @ts-ignore: decorator
@inline
function products(pairs: v128, odd: v128, even: v128): v128 {
  return i32x4.add(i32x4.dot_i16x8_s(pairs, odd), i32x4.dot_i16x8_s(i16x8.shl(pairs, 8), even));
}

/** The sums of the four rows of a block. */
// @ts-ignore: decorator
@inline
export function pairedBlockSums(codes: usize, weights: usize, weightsEnd: usize): v128 {
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

/** Stores the sums of two blocks, the second `farCodes` bytes behind the first; they go to `sums` and `farSums` bytes behind that. */
export function storePairedSums(
  codes: usize,
  farCodes: usize,
  weights: usize,
  weightsEnd: usize,
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
  for (let weight = weights; weight < weightsEnd; weight += 32) {
    const odd = v128.load(weight);
    const even = v128.load(weight, 16);
    const far = codes + farCodes;
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
  v128.store(sums, totals(near0, near1, near2, near3));
  v128.store(sums + farSums, totals(far0, far1, far2, far3));
}
