import { squaredLength } from './canonicalSums';
import { FloatRows, checkShape, outOfMemory } from './floatRows';
import { SIMD_KERNEL_BASE64 } from './generated/simdKernelModule';
import type { ScreeningKernel, ScreeningMatrix } from './screeningKernel';

/** What assembly/screenRows.ts exports. Addresses are byte offsets; WebAssembly takes them modulo 2³². */
interface SimdExports {
  screenRows(
    query: number,
    codes: number,
    inverseNorms: number,
    scores: number,
    rowCount: number,
    dimension: number,
  ): void;
  encodeRows(rows: number, codes: number, rowCount: number, dimension: number): void;
  measureRows(rows: number, squaredNorms: number, rowCount: number, dimension: number): void;
}

const PAGE_BYTES = 65536;
/** 32-bit addresses end at 4 GiB; the last page stays free so that an end address never wraps to 0. */
const MAX_PAGES = 65535;
/** The kernel reads blocks of this many values. */
const BLOCK_VALUES = 16;
/** The compiler's own data would lie below; it has none, and address 0 stays unused. */
const FIRST_ADDRESS = 1024;
const ALIGNMENT = 64;

/** Rows whose length is outside are screened in double precision: single-precision sums could over- or underflow. */
const SMALLEST_MODERATE_NORM = 2 ** -60;
const LARGEST_MODERATE_NORM = 2 ** 60;

/**
 * The kernel in WebAssembly SIMD.
 *
 * @throws {Error} when this runtime has no WebAssembly SIMD.
 */
export function createSimdKernel(): ScreeningKernel {
  const binary = Uint8Array.from(atob(SIMD_KERNEL_BASE64), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(binary)) {
    throw new Error('WebAssembly SIMD is not available.');
  }
  const module = new WebAssembly.Module(binary);
  return {
    name: 'wasm-simd',
    allocate(rowCount, dimension) {
      checkShape(rowCount, dimension);
      const layout = layOut(rowCount, dimension);
      try {
        if (layout.pages > MAX_PAGES) {
          throw new RangeError('beyond the 4 GiB of 32-bit addresses');
        }
        const memory = new WebAssembly.Memory({ initial: layout.pages, maximum: layout.pages });
        return new SimdMatrix(rowCount, dimension, layout, memory, module);
      } catch (error) {
        throw outOfMemory(rowCount, dimension, layout.pages * PAGE_BYTES, error);
      }
    },
  };
}

/** Byte offsets of the areas that assembly/screenRows.ts describes. */
interface MemoryLayout {
  readonly query: number;
  readonly inverseNorms: number;
  readonly squaredNorms: number;
  readonly scores: number;
  readonly codes: number;
  /** Bytes of one row's codes. */
  readonly codeStride: number;
  readonly rows: number;
  readonly pages: number;
}

function layOut(rowCount: number, dimension: number): MemoryLayout {
  let end = FIRST_ADDRESS;
  const reserve = (bytes: number): number => {
    const start = end;
    end = Math.ceil((start + bytes) / ALIGNMENT) * ALIGNMENT;
    return start;
  };
  const paddedDimension = Math.ceil(dimension / BLOCK_VALUES) * BLOCK_VALUES;
  const codeStride = paddedDimension * 2;
  const query = reserve(paddedDimension * 4);
  const inverseNorms = reserve(rowCount * 4);
  const squaredNorms = reserve(rowCount * 8);
  const scores = reserve(rowCount * 4);
  const codes = reserve(rowCount * codeStride);
  const rows = reserve(rowCount * dimension * 4);
  const pages = Math.ceil(end / PAGE_BYTES);
  return { query, inverseNorms, squaredNorms, scores, codes, codeStride, rows, pages };
}

class SimdMatrix extends FloatRows implements ScreeningMatrix {
  readonly errorBound: number;
  private readonly kernel: SimdExports;
  private query: Float32Array;
  private inverseNorms: Float32Array;
  private scores: Float32Array;
  /** The bytes of all codes. */
  private codes: Uint8Array;
  private readonly extremeRows: number[] = [];

  constructor(
    rowCount: number,
    dimension: number,
    private readonly layout: MemoryLayout,
    memory: WebAssembly.Memory,
    module: WebAssembly.Module,
  ) {
    const { buffer } = memory;
    super(
      rowCount,
      dimension,
      new Float32Array(buffer, layout.rows, rowCount * dimension),
      new Float64Array(buffer, layout.squaredNorms, rowCount),
    );
    this.query = new Float32Array(buffer, layout.query, dimension);
    this.inverseNorms = new Float32Array(buffer, layout.inverseNorms, rowCount);
    this.scores = new Float32Array(buffer, layout.scores, rowCount);
    this.codes = new Uint8Array(buffer, layout.codes, rowCount * layout.codeStride);
    // The binary is our own, made from assembly/screenRows.ts: its exports are known.
    this.kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as SimdExports;
    this.errorBound = simdErrorBound(dimension);
  }

  override normalize(firstRow: number, rowCount: number): void {
    super.normalize(firstRow, rowCount);
    const { layout, dimension } = this;
    this.kernel.encodeRows(
      layout.rows + firstRow * dimension * 4,
      layout.codes + firstRow * layout.codeStride,
      rowCount,
      dimension,
    );
    for (let row = firstRow; row < firstRow + rowCount; row++) {
      const norm = this.norms[row];
      const moderate = norm >= SMALLEST_MODERATE_NORM && norm <= LARGEST_MODERATE_NORM;
      this.inverseNorms[row] = moderate ? 1 / norm : 0;
      // A zero row's similarity is the 0 that the kernel computes; NaN rows get their −Infinity with the extreme ones.
      if (!moderate && norm !== 0) {
        this.extremeRows.push(row);
        // Not screened from codes, so none that are NaN, or subnormal and thereby slow.
        this.codes.fill(0, row * layout.codeStride, (row + 1) * layout.codeStride);
      }
    }
  }

  screen(query: Float64Array, target: Float32Array): void {
    const moderate = this.checkedQuery(query);
    const queryNorm = Math.sqrt(squaredLength(moderate, 0, moderate.length));
    for (let j = 0; j < this.dimension; j++) {
      this.query[j] = queryNorm > 0 ? moderate[j] / queryNorm : 0;
    }
    const { layout, rowCount, dimension } = this;
    this.kernel.screenRows(
      layout.query,
      layout.codes,
      layout.inverseNorms,
      layout.scores,
      rowCount,
      dimension,
    );
    target.set(this.scores);
    if (this.extremeRows.length > 0) {
      const rows = Uint32Array.from(this.extremeRows);
      const cosines = new Float64Array(rows.length);
      this.exactCosines(moderate, rows, cosines);
      rows.forEach((row, index) => {
        target[row] = cosines[index];
      });
    }
  }

  dispose(): void {
    // The memory is freed when no view of it is left.
    this.values = new Float32Array(0);
    this.squaredNorms = new Float64Array(0);
    this.query = this.inverseNorms = this.scores = this.values;
    this.codes = new Uint8Array(0);
  }

  protected override measure(firstRow: number, rowCount: number): void {
    const { layout, dimension } = this;
    this.kernel.measureRows(
      layout.rows + firstRow * dimension * 4,
      layout.squaredNorms + firstRow * 8,
      rowCount,
      dimension,
    );
  }
}

/** Unit roundoff of the formats: half a unit in the last place, relative. */
const BFLOAT16_ROUNDOFF = 2 ** -8;
const FLOAT32_ROUNDOFF = 2 ** -24;
const FLOAT64_ROUNDOFF = 2 ** -53;
/** Largest error of one result that underflows: half of the smallest positive number. */
const BFLOAT16_UNDERFLOW = 2 ** -134;

/**
 * Bound of |screened − exact| for rows of moderate length.
 *
 * Let w = query / ‖query‖, x a row, y its codes, u = 2⁻²⁴. The true cosine is w·x / ‖x‖.
 *
 * Codes: |w·y − w·x| / ‖x‖ ≤ ‖y − x‖ / ‖x‖ ≤ c = 2⁻⁸, as every value is rounded to the nearest bfloat16. This is nearly all of
 * the bound.
 *
 * Single precision: every term w_j·y_j / ‖x‖ is rounded at most this often on its way into the screened figure (each rounding
 * a factor 1 + δ, |δ| ≤ u):
 *
 *   1  float32 of w_j
 *   1  product w_j · y_j
 *   A  additions in its lane, A = 2 · ⌈dimension / 16⌉: two registers of four lanes share a block of 16 values
 *   3  additions that join two registers, then four lanes
 *   1  float32 of 1 / ‖x‖
 *   1  product with it
 *
 * n = A + 7 roundings change the sum by at most γ Σ|w_j y_j| / ‖x‖ ≤ γ·(1 + c), γ = n·u / (1 − n·u), because
 * Σ|w_j y_j| ≤ ‖w‖‖y‖ (Higham, Accuracy and Stability of Numerical Algorithms, sections 3.1 and 4.2). Beyond that:
 *
 *   - underflow: each of y_j, w_j and w_j·y_j may be off by 2⁻¹³⁴ absolutely, which division by ‖x‖ ≥ 2⁻⁶⁰ raises to at most
 *     2⁻⁷⁴ a term;
 *   - double precision: ‖query‖, w_j, ‖x‖ and 1 / ‖x‖ before they become float32, and the exact figure itself, hold double
 *     roundings, fewer than 2 · (2 · dimension + 8) together.
 *
 * The factor 1.01 covers the products of these small terms with each other and with 1 + c.
 */
export function simdErrorBound(dimension: number): number {
  const roundings = (2 * Math.ceil(dimension / BLOCK_VALUES) + 7) * FLOAT32_ROUNDOFF;
  const gamma = roundings / (1 - roundings);
  const underflow = (3 * dimension * BFLOAT16_UNDERFLOW) / SMALLEST_MODERATE_NORM;
  const double = 2 * (2 * dimension + 8) * FLOAT64_ROUNDOFF;
  return BFLOAT16_ROUNDOFF + 1.01 * (gamma + underflow + double);
}
