/*
 * Codes have two forms; see kernel.ts.
 */

/**
 * The form of 16 codes that this kernel reads. As a pair it is 256 · odd + even, as one number: a negative even code borrows from the
 * odd one.
 */
// @ts-ignore: decorator
@inline
export function formed(bytes: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    return bytes;
  } else {
    return i16x8.sub(bytes, borrowed(bytes));
  }
}

/** 256 in each pair whose even code is negative. */
// @ts-ignore: decorator
@inline
function borrowed(codes: v128): v128 {
  return i16x8.shl(v128.and(codes, i16x8.splat(0x80)), 1);
}

/** Brings codes, a multiple of 64 bytes, from the form that the other kernel reads into the form that this one reads. */
export function convertCodes(codes: usize, bytes: usize): void {
  for (const end = codes + bytes; codes < end; codes += 16) {
    const other = v128.load(codes);
    if (ASC_FEATURE_RELAXED_SIMD) {
      v128.store(codes, i16x8.add(other, borrowed(other)));
    } else {
      v128.store(codes, formed(other));
    }
  }
}
