import { AddressSpace, allocateMemory, KernelMemory, REQUEST_BYTES } from '../kernel/kernelMemory';
import { fastestKernel, type KernelKind } from '../kernel/kernelModule';
import {
  BLOCK_ROWS,
  checkGraphSize,
  mayBeNarrow,
  GRAPH_CAPACITY,
  GRAPH_NEIGHBORS,
  tilePairCount,
  type GraphShape,
} from './graphShape';

/** About so many bytes of rows are coded at a time: they stay in the processor's cache while they are. */
const WINDOW_BYTES = 1024 * 1024;
/** Parts into which the rows are cut for scoring: two of them as float32 take the place of all codes as int16. */
const SCORED_PARTS = 4;
/** A list: k ids and k scores of 4 bytes. */
export const LIST_BYTES = GRAPH_NEIGHBORS * 8;

/** What each thread that crosses tiles has for itself. Byte offsets. */
export interface ThreadArea {
  /** A TileRequest of kernel/assembly/entries.ts. */
  readonly request: number;
  readonly fullRows: number;
  readonly products: number;
}

/** Codes and figures of kernel/assembly/narrowCodes.ts, and the NarrowRequest that names them. Byte offsets. */
export interface NarrowLayout {
  readonly request: number;
  /** int16, D */
  readonly center: number;
  /** int8 and uint8, N × D */
  readonly near: number;
  readonly far: number;
  /** int32, then float32 in the order of the NarrowRequest, N each. */
  readonly figures: readonly number[];
}

/** Byte offsets of everything that building a graph needs; N, D and entries as in kernel/assembly/entries.ts. */
export interface GraphLayout {
  /** int32: not 0 when threads are to stop after the pair of tiles that they are at. */
  readonly stop: number;
  /** uint8, one for each pair of tiles: 1 when it is done. */
  readonly done: number;
  /** float64, N */
  readonly squaredNorms: number;
  readonly thresholds: number;
  readonly counts: number;
  readonly ranked: number;
  readonly entries: number;
  /** LIST_BYTES for each of N rows. */
  readonly lists: number;
  /** Rows as float32, padded to D: `windowRows` of them. */
  readonly window: number;
  /** A UnitCodesRequest, and a ScoreRequest. */
  readonly encodeRequest: number;
  readonly scoreRequest: number;
  readonly ranking: number;
  /** float64, capacity of each row of a part. */
  readonly scores: number;
  /** The first is the coordinator's. */
  readonly threads: readonly ThreadArea[];
  /** int16, N × D, in the order of the kernel. Once all tiles are done, two parts of the rows as float32 lie here. */
  readonly codes: number;
  readonly parts: readonly [number, number];
  /** Where the kernel uses them, and there is room. */
  readonly narrow?: NarrowLayout;
  readonly bytes: number;
}

/** What another thread needs to work in the same memory. */
export interface SharedGraph {
  readonly memory: WebAssembly.Memory;
  readonly shape: GraphShape;
  readonly layout: GraphLayout;
  readonly kernelKind: KernelKind;
}

/**
 * The memory in which a graph is built, shared by the threads that do, with the kernel over it. No two threads work on the same rows
 * at the same time, so there are no locks.
 */
export class GraphMemory extends KernelMemory implements SharedGraph {
  /**
   * @param threadCount Threads besides the coordinator.
   * @param kernelKind The kernel.
   * @throws {RangeError} with figures when it would be too large, or take too long; when the memory cannot be had.
   * @throws {Error} when this runtime cannot run the kernel.
   */
  static create(shape: GraphShape, threadCount = 0, kernelKind = fastestKernel()): GraphMemory {
    const usesNarrow = kernelKind === 'relaxed-simd';
    let layout = layOut(shape, threadCount, usesNarrow);
    if (usesNarrow && !mayBeNarrow(layout.bytes)) {
      // Slower, but not different.
      layout = layOut(shape, threadCount, false);
    }
    checkGraphSize(shape, layout.bytes);
    const memory = allocateMemory(layout.bytes, shape.rowCount, shape.dimension);
    return new GraphMemory(memory, shape, layout, kernelKind);
  }

  /** The same memory in another thread. */
  static attach({ memory, shape, layout, kernelKind }: SharedGraph): GraphMemory {
    return new GraphMemory(memory, shape, layout, kernelKind);
  }

  private constructor(
    memory: WebAssembly.Memory,
    readonly shape: GraphShape,
    readonly layout: GraphLayout,
    kernelKind: KernelKind,
  ) {
    super(memory, shape, kernelKind);
  }

  /** Rows that the window holds. */
  get windowRows(): number {
    return windowRows(this.shape);
  }

  /** Rows of a part. */
  get partRows(): number {
    return partRows(this.shape);
  }

  /**
   * Fields of a TileRequest that do not change; in the order of kernel/assembly/entries.ts.
   *
   * @param margin See unitCodes.ts.
   */
  writeTileRequest({ request, fullRows, products }: ThreadArea, margin: number): void {
    const { layout, shape } = this;
    const words = this.uint32(request, 19);
    words.set([
      layout.codes,
      layout.thresholds,
      layout.counts,
      layout.entries,
      layout.ranked,
      shape.paddedDimension,
      GRAPH_NEIGHBORS,
      margin,
      GRAPH_CAPACITY,
    ]);
    words[15] = fullRows;
    words[17] = products;
    words[18] = layout.narrow?.request ?? 0;
  }

  /** In the order of NarrowRequest in kernel/assembly/narrowCodes.ts. */
  writeNarrowRequest({ request, center, near, far, figures }: NarrowLayout): void {
    const { layout, shape } = this;
    this.uint32(request, 5 + figures.length).set([
      layout.codes,
      shape.paddedDimension,
      center,
      near,
      far,
      ...figures,
    ]);
  }
}

function windowRows({ paddedDimension }: GraphShape): number {
  const rowBytes = paddedDimension * Float32Array.BYTES_PER_ELEMENT;
  const fitting = Math.floor(WINDOW_BYTES / rowBytes / BLOCK_ROWS) * BLOCK_ROWS;
  // A row and its entries have to fit.
  return Math.max(fitting, 1 + GRAPH_CAPACITY);
}

function partRows({ paddedRows }: GraphShape): number {
  return Math.max(1, Math.floor(paddedRows / SCORED_PARTS));
}

/** How many arrays of figures narrow codes have. */
const NARROW_FIGURES = 8;

function layOut(shape: GraphShape, threadCount: number, usesNarrow: boolean): GraphLayout {
  const { paddedRows, paddedDimension } = shape;
  const space = new AddressSpace();
  const reserve = (bytes: number): number => space.reserve(bytes);
  const perRow = (bytes: number): number => reserve(paddedRows * bytes);
  const layout = {
    stop: reserve(4),
    done: reserve(tilePairCount(shape)),
    squaredNorms: perRow(8),
    thresholds: perRow(4),
    counts: perRow(4),
    ranked: perRow(1),
    entries: perRow(GRAPH_CAPACITY * 8),
    lists: perRow(LIST_BYTES),
    window: reserve(windowRows(shape) * paddedDimension * 4),
    encodeRequest: reserve(REQUEST_BYTES),
    scoreRequest: reserve(REQUEST_BYTES),
    ranking: reserve(GRAPH_NEIGHBORS * 16),
    scores: reserve(partRows(shape) * GRAPH_CAPACITY * 8),
    threads: Array.from({ length: threadCount + 1 }, () => ({
      request: reserve(REQUEST_BYTES),
      fullRows: reserve(2 * BLOCK_ROWS * 4),
      products: reserve(16),
    })),
    codes: perRow(paddedDimension * 2),
    ...(usesNarrow && {
      narrow: {
        request: reserve(REQUEST_BYTES),
        center: reserve(paddedDimension * 2),
        near: perRow(paddedDimension),
        far: perRow(paddedDimension),
        figures: Array.from({ length: NARROW_FIGURES }, () => perRow(4)),
      },
    }),
  };
  const second = layout.codes + partRows(shape) * paddedDimension * 4;
  return { ...layout, parts: [layout.codes, second], bytes: space.bytes };
}
