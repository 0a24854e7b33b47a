import { middleOf, widthOf } from './bounds';
import { judgeBlocks, judgeCoarseBlocks } from './judge';
import { ScanRequest } from './scanRequest';
import { storeChunk, storeCoarseChunk, storedSums, sumsOf } from './sums';

/**
 * The second half of the query for a part of the blocks that is larger than one of so many costs more than both halves at once for all:
 * they are read twice.
 */
const LARGEST_REFINED_PART: u32 = 3;

/**
 * Scans the rows firstRow … endRow − 1 (multiples of 4, except the last end) and appends each allowed row whose upper bound reaches
 * the threshold, which rises meanwhile. May be called for one range after the other.
 *
 * A processor fetches ahead for several streams at once, each within a page of memory: the range is cut into four quarters, and blocks
 * are taken from each in turn. Rows are not judged where their sums are made: that would be as many streams again for scales and
 * residuals, each cold by the time that its block is done. The sums of a chunk stay in the nearest cache until it is judged.
 */
export function scanRows(request: ScanRequest, firstRow: u32, endRow: u32): void {
  const blockBytes = <usize>request.dimension << 2;
  const blocks = (endRow - firstRow + 3) >> 2;
  const quarter = blocks >> 2;
  const codes = request.codes + <usize>(firstRow >> 2) * blockBytes;
  const sums = request.sums;
  const chunkBlocks = request.chunkBlocks;
  for (let block: u32 = 0; block < quarter; block += chunkBlocks) {
    const count = min(chunkBlocks, quarter - block);
    scanChunk(request, firstRow + (block << 2), quarter, count, codes + <usize>block * blockBytes);
  }
  // At most three blocks are left, behind the quarters.
  for (let block = quarter << 2; block < blocks; block++) {
    v128.store(sums, storedSums(request, codes + <usize>block * blockBytes));
    judgeBlocks(request, firstRow + (block << 2), 1, sums);
  }
}

/** Scans `count` blocks of each quarter, those of the first from `row` on. */
// @ts-ignore: decorator
@inline
function scanChunk(request: ScanRequest, row: u32, quarter: u32, count: u32, codes: usize): void {
  const streamBytes = (<usize>quarter * <usize>request.dimension) << 2;
  let refined: u32 = 0;
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (request.isCoarse != 0) {
      storeCoarseChunk(request, codes, streamBytes, count);
      for (let part: u32 = 0; part < 4; part++) {
        refined += judgeCoarseBlocks(request, row + ((part * quarter) << 2), count, sumsOfPart(request, part, count));
      }
      chooseNext(request, refined, count);
      return;
    }
  }
  storeChunk(request, codes, streamBytes, count);
  for (let part: u32 = 0; part < 4; part++) {
    refined += judgeBlocks(request, row + ((part * quarter) << 2), count, sumsOfPart(request, part, count));
  }
  if (ASC_FEATURE_RELAXED_SIMD) chooseNext(request, refined, count);
}

/** Before there is a threshold, all rows reach it; later it depends on the query and on k for how many one half will do. */
// @ts-ignore: decorator
@inline
function chooseNext(request: ScanRequest, refined: u32, count: u32): void {
  request.isCoarse = <u32>(refined * LARGEST_REFINED_PART <= 4 * count);
}

// @ts-ignore: decorator
@inline
function sumsOfPart(request: ScanRequest, part: u32, count: u32): usize {
  return request.sums + (<usize>(part * count) << 4);
}

/** Writes the bounds of the rows firstRow … endRow − 1 into lowerBounds and upperBounds, at the rows' own places. */
export function boundRows(request: ScanRequest, firstRow: u32, endRow: u32): void {
  const dimension = <usize>request.dimension;
  const hasGains = request.gains != 0;
  const step = request.step;
  const slack = request.slack;
  for (let row = firstRow; row < endRow; row += 4) {
    const at = <usize>row << 2;
    const sums = sumsOf(request, at, storedSums(request, request.codes + <usize>row * dimension));
    const middle = hasGains
      ? middleOf(request, at, sums, step, true)
      : middleOf(request, at, sums, step, false);
    const width = hasGains ? widthOf(request, at, slack, true) : widthOf(request, at, slack, false);
    v128.store(request.upperBounds + at, f32x4.add(middle, width));
    v128.store(request.lowerBounds + at, f32x4.sub(middle, width));
  }
}
