import { offer } from './bestBounds';
import { middleOf, widthOf } from './bounds';
import { ScanRequest } from './scanRequest';

/*
 * Which of the rows whose sums are known may be among the best k.
 */

/**
 * Appends each allowed row of some blocks whose upper bound reaches the threshold, which rises meanwhile.
 *
 * @param row The first, a multiple of 4.
 * @param sums int32, 4 a block.
 */
export function judgeBlocks(request: ScanRequest, row: u32, blocks: u32, sums: usize): void {
  if (request.gains == 0) judge(request, row, blocks, sums, false);
  else judge(request, row, blocks, sums, true);
}

// @ts-ignore: decorator
@inline
function judge(request: ScanRequest, row: u32, blocks: u32, sums: usize, hasGains: bool): void {
  let threshold = f32x4.splat(request.threshold);
  for (const end = row + (blocks << 2); row < end; row += 4, sums += 16) {
    const at = <usize>row << 2;
    const middle = middleOf(request, at, v128.load(sums), hasGains);
    const width = widthOf(request, at, hasGains);
    const upper = f32x4.add(middle, width);
    if (v128.any_true(f32x4.ge(upper, threshold))) {
      keepBlock(request, row, upper, f32x4.sub(middle, width));
      threshold = f32x4.splat(request.threshold);
    }
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
