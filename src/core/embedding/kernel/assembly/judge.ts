import { offer } from './bestBounds';
import { middleOf, widthOf } from './bounds';
import { ScanRequest } from './scanRequest';
import { coarseSumsOf, refinedSums, sumsOf } from './sums';

/*
 * Which of the rows whose sums are known may be among the best k.
 */

/**
 * Appends each allowed row of some blocks whose upper bound reaches the threshold, which rises meanwhile.
 *
 * @param row The first, a multiple of 4.
 * @param sums As storeChunk stores them.
 * @returns With relaxed SIMD, how many blocks judgeCoarseBlocks would have had to refine.
 */
export function judgeBlocks(request: ScanRequest, row: u32, blocks: u32, sums: usize): u32 {
  return request.gains == 0
    ? judge(request, row, blocks, sums, false)
    : judge(request, row, blocks, sums, true);
}

// @ts-ignore: decorator
@inline
function judge(request: ScanRequest, row: u32, blocks: u32, sums: usize, hasGains: bool): u32 {
  let wide: u32 = 0;
  let threshold = f32x4.splat(request.threshold);
  for (const end = row + (blocks << 2); row < end; row += 4, sums += 16) {
    const at = <usize>row << 2;
    const middle = middleOf(request, at, sumsOf(request, at, v128.load(sums)), request.step, hasGains);
    const width = widthOf(request, at, request.slack, hasGains);
    const upper = f32x4.add(middle, width);
    if (ASC_FEATURE_RELAXED_SIMD) {
      const coarse = f32x4.add(middle, widthOf(request, at, request.coarseSlack, hasGains));
      wide += <u32>v128.any_true(f32x4.ge(coarse, threshold));
    }
    if (v128.any_true(f32x4.ge(upper, threshold))) {
      keepBlock(request, row, upper, f32x4.sub(middle, width));
      threshold = f32x4.splat(request.threshold);
    }
  }
  return wide;
}

/**
 * The same with sums as storeCoarseChunk stores them. Their bounds are wide: where one reaches the threshold, the block's codes, which
 * are still in the second cache, are read once more for the other half of the query.
 *
 * @returns For how many blocks that was so.
 */
export function judgeCoarseBlocks(request: ScanRequest, row: u32, blocks: u32, sums: usize): u32 {
  return request.gains == 0
    ? judgeCoarse(request, row, blocks, sums, false)
    : judgeCoarse(request, row, blocks, sums, true);
}

// @ts-ignore: decorator
@inline
function judgeCoarse(request: ScanRequest, row: u32, blocks: u32, sums: usize, hasGains: bool): u32 {
  let refined: u32 = 0;
  let threshold = f32x4.splat(request.threshold);
  for (const end = row + (blocks << 2); row < end; row += 4, sums += 16) {
    const at = <usize>row << 2;
    const coarse = coarseSumsOf(request, at, v128.load(sums));
    const upper = f32x4.add(
      middleOf(request, at, coarse, request.coarseStep, hasGains),
      widthOf(request, at, request.coarseSlack, hasGains),
    );
    if (v128.any_true(f32x4.ge(upper, threshold))) {
      refined++;
      refineBlock(request, row, coarse, hasGains);
      threshold = f32x4.splat(request.threshold);
    }
  }
  return refined;
}

function refineBlock(request: ScanRequest, row: u32, coarse: v128, hasGains: bool): void {
  const at = <usize>row << 2;
  const sums = refinedSums(request, at, coarse);
  const middle = hasGains
    ? middleOf(request, at, sums, request.step, true)
    : middleOf(request, at, sums, request.step, false);
  const width = hasGains
    ? widthOf(request, at, request.slack, true)
    : widthOf(request, at, request.slack, false);
  const upper = f32x4.add(middle, width);
  if (v128.any_true(f32x4.ge(upper, f32x4.splat(request.threshold)))) {
    keepBlock(request, row, upper, f32x4.sub(middle, width));
  }
}

function keepBlock(request: ScanRequest, row: u32, upper: v128, lower: v128): void {
  keep(request, row, f32x4.extract_lane(upper, 0), f32x4.extract_lane(lower, 0));
  keep(request, row + 1, f32x4.extract_lane(upper, 1), f32x4.extract_lane(lower, 1));
  keep(request, row + 2, f32x4.extract_lane(upper, 2), f32x4.extract_lane(lower, 2));
  keep(request, row + 3, f32x4.extract_lane(upper, 3), f32x4.extract_lane(lower, 3));
}

// @ts-ignore: decorator
@inline
function keep(request: ScanRequest, row: u32, upper: f32, lower: f32): void {
  if (upper < request.threshold || !isAllowed(request, row)) {
    return;
  }
  const at = <usize>request.candidateCount << 2;
  request.candidateCount++;
  store<u32>(request.candidates + at, row);
  store<f32>(request.upperBounds + at, upper);
  store<f32>(request.lowerBounds + at, lower);
  const size = request.heapSize;
  request.heapSize = offer(request.heap, size, request.k, lower);
  if (request.heapSize == request.k) {
    request.threshold = load<f32>(request.heap);
  }
}

// @ts-ignore: decorator
@inline
function isAllowed(request: ScanRequest, row: u32): bool {
  return ((load<u32>(request.allowed + ((<usize>row >> 5) << 2)) >> (row & 31)) & 1) != 0;
}
