import { createChecksum, mixBlocks, type Checksum } from '../checksum';
import { AddressSpace, allocateMemory, KernelMemory, REQUEST_BYTES } from '../kernel/kernelMemory';
import { fastestKernel, type KernelKind } from '../kernel/kernelModule';
import { checkShape } from '../matrixShape';

/** Rows of a block that share one stream of codes. */
export const BLOCK_ROWS = 4;
/** The kernel reads this many values of a row at a time. */
export const BLOCK_VALUES = 16;

/** About so many bytes of rows are coded at a time: they stay in the processor's cache while they are. */
const BUILD_WINDOW_BYTES = 1024 * 1024;
/** About so many bytes of rows are scored exactly at a time. */
const EXACT_WINDOW_BYTES = 256 * 1024;
/** About so many bytes of codes are scanned before the sums are judged: some of them are then looked at again, in the second cache. */
const CHUNK_BYTES = 768 * 1024;
/** The sums of so many blocks of each stream, 8 KB in all, stay in the processor's nearest cache until they are judged. */
const MAX_CHUNK_BLOCKS = 128;
const MIN_CHUNK_BLOCKS = 8;
/** Streams of a scan. */
const STREAMS = 4;
/** A word in a hover has about as many tokens, whose neighbors are asked for together. */
const DEFAULT_SCAN_AREAS = 4;
/** What one scan writes to; threads that scan at the same time have one each. Byte offsets. */
export interface ScanArea {
  readonly request: number;
  /** int16, D, or uint8, 2 × D */
  readonly weights: number;
  /** float64, D */
  readonly vector: number;
  /** float32, N */
  readonly heap: number;
  /** uint32, N */
  readonly candidates: number;
  /** float32, N */
  readonly upperBounds: number;
  /** float32, N */
  readonly lowerBounds: number;
  /** One bit a row. */
  readonly allowed: number;
  /** int32, 16 × chunkBlocks */
  readonly sums: number;
  /** float32, exactRows × D */
  readonly window: number;
  /** float64, exactRows */
  readonly results: number;
}

/** Byte offsets of everything that an index holds; n, d, N and D as in kernel/assembly/kernel.ts. */
export interface IndexLayout {
  readonly codes: number;
  readonly scales: number;
  readonly residuals: number;
  /** int32, N */
  readonly codeSums: number;
  readonly squaredNorms: number;
  /** float64, N: √squaredNorms; NaN for rows that are not ranked. */
  readonly norms: number;
  /** One bit a row: ranked; also of a length that can be screened; also of a centered length that can be screened. */
  readonly rankedRows: number;
  readonly moderateRows: number;
  readonly centeredRows: number;
  /** float64, N: Σ (value − mean)² of each row. */
  readonly centeredSquares: number;
  /** float32, D */
  readonly center: number;
  /** float64, D: the mean row. */
  readonly mean: number;
  /** float32, N each: see scoreForm.ts. */
  readonly lengthGains: number;
  readonly euclideanOffsets: number;
  readonly centeredGains: number;
  readonly centeredOffsets: number;
  readonly scanAreas: readonly ScanArea[];
  /** uint32, 16 */
  readonly checksumLanes: number;
  /** int32, 16 for each scan area: where the threads of a team meet. */
  readonly team: number;
  /** What coding needs: an EncodeRequest, one row, Σ z, and two windows of rows. */
  readonly encodeRequest: number;
  readonly scratch: number;
  readonly codedSum: number;
  readonly buildWindows: readonly [number, number];
  readonly bytes: number;
}

/** Sizes that follow from those of the matrix. */
interface IndexShape {
  readonly paddedDimension: number;
  readonly paddedRows: number;
  readonly buildRows: number;
  readonly exactRows: number;
  readonly chunkBlocks: number;
}

export interface IndexOptions {
  /** How many queries can be scanned together, or by threads at the same time. */
  readonly scanAreas?: number | undefined;
  /** What scans; codes have its form. */
  readonly kernelKind?: KernelKind | undefined;
  /** See {@link IndexMemory.chunkBlocks}: tests make it small, so that small matrices have many chunks. */
  readonly chunkBlocks?: number | undefined;
}

/** The memory of one index, laid out, with the kernel over it. */
export class IndexMemory extends KernelMemory implements IndexShape {
  /** D: dimension, up to a multiple of 16. */
  readonly paddedDimension: number;
  /** N: rowCount, up to a multiple of 4. */
  readonly paddedRows: number;
  /** Rows of a window that are coded at a time, a multiple of 4. */
  readonly buildRows: number;
  /** Rows that are scored exactly at a time. */
  readonly exactRows: number;
  /** Blocks of each of a scan's four streams whose sums are made before they are judged. */
  readonly chunkBlocks: number;
  readonly layout: IndexLayout;

  /**
   * @throws {RangeError} with the figure in MB when the memory cannot be had.
   * @throws {Error} when this runtime cannot run the kernel.
   */
  constructor(
    readonly rowCount: number,
    readonly dimension: number,
    { scanAreas = DEFAULT_SCAN_AREAS, kernelKind = fastestKernel(), chunkBlocks }: IndexOptions = {},
  ) {
    const shape = indexShape(rowCount, dimension, chunkBlocks);
    const layout = layOut(shape, scanAreas);
    const { paddedDimension, paddedRows, buildRows, exactRows } = shape;
    super(allocateMemory(layout.bytes, rowCount, dimension), { dimension, paddedDimension }, kernelKind);
    this.paddedDimension = paddedDimension;
    this.paddedRows = paddedRows;
    this.buildRows = buildRows;
    this.exactRows = exactRows;
    this.chunkBlocks = shape.chunkBlocks;
    this.layout = layout;
  }

  /** Brings codes that another kind of kernel has made into the form that this one's have. */
  convertCodes(): void {
    this.kernel.convertCodes(this.layout.codes, this.paddedRows * this.paddedDimension);
  }

  /** Checksums of bytes of this memory at the speed of memory; of other bytes in plain JavaScript. */
  createChecksum(): Checksum {
    const { layout, kernel, memory } = this;
    const target = this.uint32(layout.checksumLanes, 16);
    return createChecksum((lanes, blocks) => {
      if (blocks.buffer !== memory.buffer) {
        mixBlocks(lanes, blocks);
        return;
      }
      target.set(lanes);
      kernel.mixBlocks(layout.checksumLanes, blocks.byteOffset, blocks.byteLength);
      lanes.set(target);
    });
  }
}

/** @throws {RangeError} for a matrix that is not possible. */
function indexShape(rowCount: number, dimension: number, chunkBlocks: number | undefined): IndexShape {
  checkShape(rowCount, dimension);
  const paddedDimension = Math.ceil(dimension / BLOCK_VALUES) * BLOCK_VALUES;
  const rowBytes = paddedDimension * Float32Array.BYTES_PER_ELEMENT;
  return {
    paddedDimension,
    paddedRows: Math.ceil(rowCount / BLOCK_ROWS) * BLOCK_ROWS,
    buildRows: Math.max(1, Math.floor(BUILD_WINDOW_BYTES / rowBytes / BLOCK_ROWS)) * BLOCK_ROWS,
    exactRows: Math.max(BLOCK_ROWS, Math.floor(EXACT_WINDOW_BYTES / rowBytes)),
    chunkBlocks: chunkBlocks ?? fittingChunk(paddedDimension),
  };
}

function fittingChunk(paddedDimension: number): number {
  const fitting = Math.floor(CHUNK_BYTES / (STREAMS * BLOCK_ROWS * paddedDimension));
  return Math.max(MIN_CHUNK_BLOCKS, Math.min(MAX_CHUNK_BLOCKS, fitting));
}

function layOut(shape: IndexShape, scanAreas: number): IndexLayout {
  const { paddedRows, paddedDimension, buildRows, exactRows, chunkBlocks } = shape;
  const space = new AddressSpace();
  const reserve = (bytes: number): number => space.reserve(bytes);
  const perRow = (bytes: number): number => reserve(paddedRows * bytes);
  const bitPerRow = (): number => reserve(Math.ceil(paddedRows / 32) * 4);
  const rows = (count: number): number => reserve(count * paddedDimension * 4);
  const layout = {
    scales: perRow(4),
    residuals: perRow(4),
    codeSums: perRow(4),
    squaredNorms: perRow(8),
    norms: perRow(8),
    rankedRows: bitPerRow(),
    moderateRows: bitPerRow(),
    centeredRows: bitPerRow(),
    centeredSquares: perRow(8),
    center: rows(1),
    mean: reserve(paddedDimension * 8),
    lengthGains: perRow(4),
    euclideanOffsets: perRow(4),
    centeredGains: perRow(4),
    centeredOffsets: perRow(4),
    checksumLanes: reserve(64),
    team: reserve(scanAreas * 64),
    encodeRequest: reserve(REQUEST_BYTES),
    scratch: rows(1),
    codedSum: rows(1),
    buildWindows: [rows(buildRows), rows(buildRows)] as const,
    scanAreas: Array.from({ length: scanAreas }, () => ({
      request: reserve(REQUEST_BYTES),
      weights: reserve(paddedDimension * 2),
      vector: reserve(paddedDimension * 8),
      heap: perRow(4),
      candidates: perRow(4),
      upperBounds: perRow(4),
      lowerBounds: perRow(4),
      allowed: bitPerRow(),
      sums: reserve(STREAMS * BLOCK_ROWS * chunkBlocks * 4),
      window: rows(exactRows),
      results: reserve(exactRows * 8),
    })),
    codes: perRow(paddedDimension),
  };
  return { ...layout, bytes: space.bytes };
}
