import { rowTarget, spreadRows } from '../paddedRows';
import { createChecksum, mixBlocks, type Checksum } from '../checksum';
import { instantiateKernel, kernelModule, type KernelExports } from '../kernel/kernelModule';
import { checkShape, outOfMemory } from '../matrixShape';

const PAGE_BYTES = 65536;
/** 32-bit addresses end at 4 GiB; the last page stays free so that an end address never wraps to 0. */
const MAX_PAGES = 65535;
/** The compiler's own data would lie below; it has none, and address 0 stays unused. */
const FIRST_ADDRESS = 1024;
/** A line of the processor's cache. */
const ALIGNMENT = 64;

/** More rows could not be told apart in a sort key; see rescoreCandidates.ts. No vocabulary is near it. */
const MAX_ROWS = 2 ** 21;

/** Rows of a block that share one stream of codes. */
export const BLOCK_ROWS = 4;
/** The kernel reads this many values of a row at a time. */
export const BLOCK_VALUES = 16;

/** About so many bytes of rows are coded at a time: they stay in the processor's cache while they are. */
const BUILD_WINDOW_BYTES = 1024 * 1024;
/** About so many bytes of rows are scored exactly at a time. */
const EXACT_WINDOW_BYTES = 256 * 1024;
/** A word in a hover has about as many tokens, whose neighbors are asked for together. */
const DEFAULT_SCAN_AREAS = 4;
/** Fields of a ScanRequest and of an EncodeRequest, with room. */
const REQUEST_BYTES = 128;

/** What one scan writes to; threads that scan at the same time have one each. Byte offsets. */
export interface ScanArea {
  readonly request: number;
  /** int16, D */
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
  readonly unitGains: number;
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

/** The memory of one index, laid out, with the kernel over it. */
export class IndexMemory {
  /** D: dimension, up to a multiple of 16. */
  readonly paddedDimension: number;
  /** N: rowCount, up to a multiple of 4. */
  readonly paddedRows: number;
  /** Rows of a window that are coded at a time, a multiple of 4. */
  readonly buildRows: number;
  /** Rows that are scored exactly at a time. */
  readonly exactRows: number;
  readonly layout: IndexLayout;
  readonly kernel: KernelExports;
  readonly memory: WebAssembly.Memory;

  /**
   * @param scanAreas How many queries can be scanned together, or by threads at the same time.
   * @throws {RangeError} with the figure in MB when the memory cannot be had.
   * @throws {Error} when this runtime cannot run the kernel.
   */
  constructor(
    readonly rowCount: number,
    readonly dimension: number,
    scanAreas = DEFAULT_SCAN_AREAS,
  ) {
    checkShape(rowCount, dimension);
    if (rowCount > MAX_ROWS) {
      throw new RangeError(`A vocabulary of ${rowCount} tokens is beyond ${MAX_ROWS}.`);
    }
    this.paddedDimension = Math.ceil(dimension / BLOCK_VALUES) * BLOCK_VALUES;
    this.paddedRows = Math.ceil(rowCount / BLOCK_ROWS) * BLOCK_ROWS;
    const rowBytes = this.paddedDimension * Float32Array.BYTES_PER_ELEMENT;
    this.buildRows = Math.max(1, Math.floor(BUILD_WINDOW_BYTES / rowBytes / BLOCK_ROWS)) * BLOCK_ROWS;
    this.exactRows = Math.max(BLOCK_ROWS, Math.floor(EXACT_WINDOW_BYTES / rowBytes));
    // A runtime without the kernel is told from a matrix that is too large.
    kernelModule();
    this.layout = this.layOut(scanAreas);
    const pages = Math.ceil(this.layout.bytes / PAGE_BYTES);
    try {
      if (pages > MAX_PAGES) {
        throw new RangeError('beyond the 4 GiB of 32-bit addresses');
      }
      this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    } catch (error) {
      throw outOfMemory(rowCount, dimension, this.layout.bytes, error);
    }
    this.kernel = instantiateKernel(this.memory);
  }

  float32(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  uint32(address: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, length);
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  /**
   * Where `count` rows are to be written, row-major and without padding, that are then spread by {@link spreadRows}: the end of a
   * window, so that spreading never overtakes what it reads.
   */
  rowTarget(window: number, count: number): Float32Array {
    return rowTarget(this.memory, window, count, this);
  }

  /** Pads the rows that were written to {@link rowTarget} to D values each, in place. */
  spreadRows(window: number, count: number): void {
    spreadRows(this.memory, window, count, this);
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

  private layOut(scanAreas: number): IndexLayout {
    const { paddedRows, paddedDimension } = this;
    let end = FIRST_ADDRESS;
    const reserve = (bytes: number): number => {
      const start = end;
      end = Math.ceil((start + bytes) / ALIGNMENT) * ALIGNMENT;
      return start;
    };
    const perRow = (bytes: number): number => reserve(paddedRows * bytes);
    const bitPerRow = (): number => reserve(Math.ceil(paddedRows / 32) * 4);
    const rows = (count: number): number => reserve(count * paddedDimension * 4);
    const layout = {
      scales: perRow(4),
      residuals: perRow(4),
      squaredNorms: perRow(8),
      norms: perRow(8),
      rankedRows: bitPerRow(),
      moderateRows: bitPerRow(),
      centeredRows: bitPerRow(),
      centeredSquares: perRow(8),
      center: rows(1),
      mean: reserve(paddedDimension * 8),
      unitGains: perRow(4),
      lengthGains: perRow(4),
      euclideanOffsets: perRow(4),
      centeredGains: perRow(4),
      centeredOffsets: perRow(4),
      checksumLanes: reserve(64),
      team: reserve(scanAreas * 64),
      encodeRequest: reserve(REQUEST_BYTES),
      scratch: rows(1),
      codedSum: rows(1),
      buildWindows: [rows(this.buildRows), rows(this.buildRows)] as const,
      scanAreas: Array.from({ length: scanAreas }, () => ({
        request: reserve(REQUEST_BYTES),
        weights: reserve(paddedDimension * 2),
        vector: reserve(paddedDimension * 8),
        heap: perRow(4),
        candidates: perRow(4),
        upperBounds: perRow(4),
        lowerBounds: perRow(4),
        allowed: bitPerRow(),
        window: rows(this.exactRows),
        results: reserve(this.exactRows * 8),
      })),
      codes: perRow(paddedDimension),
    };
    return { ...layout, bytes: end };
  }
}
