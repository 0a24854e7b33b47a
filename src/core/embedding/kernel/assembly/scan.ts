import { middleOf, widthOf } from './bounds';
import { judgeBlocks } from './judge';
import { blockSums, storePairSums } from './products';
import { ScanRequest } from './scanRequest';

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
    sumChunk(request, codes + <usize>block * blockBytes, quarter, count);
    for (let part: u32 = 0; part < 4; part++) {
      judgeBlocks(request, firstRow + ((part * quarter + block) << 2), count, sums + (<usize>(part * count) << 4));
    }
  }
  // At most three blocks are left, behind the quarters.
  for (let block = quarter << 2; block < blocks; block++) {
    const weights = request.weights;
    v128.store(sums, blockSums(codes + <usize>block * blockBytes, weights, weights + (blockBytes >> 1)));
    judgeBlocks(request, firstRow + (block << 2), 1, sums);
  }
}

/** The sums of `count` blocks of each quarter, quarter after quarter. */
function sumChunk(request: ScanRequest, codes: usize, quarter: u32, count: u32): void {
  const blockBytes = <usize>request.dimension << 2;
  const quarterBytes = <usize>quarter * blockBytes;
  const weights = request.weights;
  const weightsEnd = weights + (blockBytes >> 1);
  const partBytes = <usize>count << 4;
  let sums = request.sums;
  for (const end = sums + partBytes; sums < end; sums += 16, codes += blockBytes) {
    storePairSums(codes, quarterBytes, weights, weightsEnd, sums, partBytes);
    storePairSums(codes + 2 * quarterBytes, quarterBytes, weights, weightsEnd, sums + 2 * partBytes, partBytes);
  }
}

/** Writes the bounds of the rows firstRow … endRow − 1 into lowerBounds and upperBounds, at the rows' own places. */
export function boundRows(request: ScanRequest, firstRow: u32, endRow: u32): void {
  const dimension = <usize>request.dimension;
  const weights = request.weights;
  const weightsEnd = weights + (dimension << 1);
  const hasGains = request.gains != 0;
  for (let row = firstRow; row < endRow; row += 4) {
    const at = <usize>row << 2;
    const sums = blockSums(request.codes + <usize>row * dimension, weights, weightsEnd);
    const middle = hasGains ? middleOf(request, at, sums, true) : middleOf(request, at, sums, false);
    const width = hasGains ? widthOf(request, at, true) : widthOf(request, at, false);
    v128.store(request.upperBounds + at, f32x4.add(middle, width));
    v128.store(request.lowerBounds + at, f32x4.sub(middle, width));
  }
}
