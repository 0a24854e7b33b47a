import { halfBlockSums, joinedBlockSums, JOINED_OFFSET, storeHalfSums } from './halvedProducts';
import { pairedBlockSums, storePairedSums } from './pairedProducts';
import { ScanRequest } from './scanRequest';

/*
 * Sums of a query with blocks of codes, by the SIMD that the kernel is compiled for. As they are stored, those of relaxed SIMD are too
 * large by a multiple of Σ code.
 */

/** The sums of one block as they are stored. */
// @ts-ignore: decorator
@inline
export function storedSums(request: ScanRequest, codes: usize): v128 {
  const weights = request.weights;
  const dimension = <usize>request.dimension;
  if (ASC_FEATURE_RELAXED_SIMD) {
    return joinedBlockSums(codes, weights, weights + dimension, weights + (dimension << 1));
  } else {
    return pairedBlockSums(codes, weights, weights + (dimension << 1));
  }
}

/** Σ code · weight of the rows at `at`, 4 · the first row. */
// @ts-ignore: decorator
@inline
export function sumsOf(request: ScanRequest, at: usize, stored: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    return i32x4.sub(stored, i32x4.mul(v128.load(request.codeSums + at), i32x4.splat(JOINED_OFFSET)));
  } else {
    return stored;
  }
}

/** Σ code · h of the rows at `at`, from sums that were stored with the upper half alone. */
// @ts-ignore: decorator
@inline
export function coarseSumsOf(request: ScanRequest, at: usize, stored: v128): v128 {
  return i32x4.sub(stored, i32x4.shl(v128.load(request.codeSums + at), 6));
}

/** Σ code · weight of the rows at `at`, from their Σ code · h: the lower half is added. */
export function refinedSums(request: ScanRequest, at: usize, coarse: v128): v128 {
  const dimension = <usize>request.dimension;
  const low = request.weights + dimension;
  const sums = halfBlockSums(request.codes + (at >> 2) * dimension, low, low + dimension);
  return i32x4.add(i32x4.shl(coarse, 7), coarseSumsOf(request, at, sums));
}

/**
 * Stores the sums of `count` blocks of each of four streams, stream after stream.
 *
 * @param codes Of the first stream.
 * @param streamBytes From one stream to the next.
 */
// @ts-ignore: decorator
@inline
export function storeChunk(request: ScanRequest, codes: usize, streamBytes: usize, count: u32): void {
  const dimension = <usize>request.dimension;
  const weights = request.weights;
  const weightsEnd = weights + (dimension << 1);
  const partBytes = <usize>count << 4;
  let sums = request.sums;
  for (const end = sums + partBytes; sums < end; sums += 16, codes += dimension << 2) {
    if (ASC_FEATURE_RELAXED_SIMD) {
      for (let part: usize = 0; part < 4; part++) {
        v128.store(sums + part * partBytes, storedSums(request, codes + part * streamBytes));
      }
    } else {
      storePairedSums(codes, streamBytes, weights, weightsEnd, sums, partBytes);
      storePairedSums(codes + 2 * streamBytes, streamBytes, weights, weightsEnd, sums + 2 * partBytes, partBytes);
    }
  }
}

/** The same with the upper half alone. */
// @ts-ignore: decorator
@inline
export function storeCoarseChunk(request: ScanRequest, codes: usize, streamBytes: usize, count: u32): void {
  const dimension = <usize>request.dimension;
  const half = request.weights;
  const halfEnd = half + dimension;
  const partBytes = <usize>count << 4;
  let sums = request.sums;
  for (const end = sums + partBytes; sums < end; sums += 16, codes += dimension << 2) {
    storeHalfSums(codes, streamBytes, half, halfEnd, sums, partBytes);
    storeHalfSums(codes + 2 * streamBytes, streamBytes, half, halfEnd, sums + 2 * partBytes, partBytes);
  }
}
