/**
 * One way of computing the similarity of a query with every row of an embedding matrix.
 *
 * A kernel only *screens*: it may answer in single precision, or from compressed codes, as long as each answer lies within
 * a bound that it states. The exact search rescores in double precision every row whose bound reaches the top k, so all
 * kernels give the same ids, in the same order, with the same scores.
 */
export interface ScreeningKernel {
  readonly name: 'scalar' | 'wasm-simd';

  /**
   * Reserves room for a matrix.
   *
   * @param rowCount Vocabulary size, ≥ 1.
   * @param dimension Values per row, ≥ 1; any number, the kernel pads for itself.
   * @throws {RangeError} with the figure in MB when the memory cannot be had.
   */
  allocate(rowCount: number, dimension: number): ScreeningMatrix;
}

/** The rows of one embedding matrix in a kernel's own memory: first filled, then normalized, then searched. */
export interface ScreeningMatrix {
  readonly rowCount: number;
  readonly dimension: number;

  /**
   * The largest possible |screened − exact| of {@link screen} for any row and any query, by analysis of the rounding, not
   * by observation. Similarities are in [−1, 1].
   */
  readonly errorBound: number;

  /**
   * Writable view of some rows' values, row-major, `rowCount × dimension` float32. The loader writes the checkpoint's
   * values here. Valid until the next call of any method.
   */
  rows(firstRow: number, rowCount: number): Float32Array;

  /**
   * Normalizes the rows that were written through the last view that {@link rows} gave: keeps what a cosine needs of their
   * length, so that no search ever measures it again. To be called once for each row, with the range of that view.
   */
  normalize(firstRow: number, rowCount: number): void;

  /**
   * Euclidean length of each row as the checkpoint holds it, in double precision; 0 for a zero row, NaN for a row that
   * holds NaN or infinity (such rows are reported and never ranked).
   */
  readonly norms: Float64Array;

  /**
   * Copies the values of one row, as the checkpoint holds them, into `target`.
   *
   * @throws {RangeError} when the row does not exist or holds NaN or infinity.
   */
  copyRow(row: number, target: Float64Array): void;

  /**
   * Copies one row into `target` as unit vector in double precision: value / norm. A zero row stays zero.
   *
   * @throws {RangeError} when the row does not exist or holds NaN or infinity.
   */
  unitRow(row: number, target: Float64Array): void;

  /**
   * Exact cosine similarities of a query and some rows: in double precision, in one canonical order of summation that all
   * kernels share (see canonicalSums.ts), −1 … 1. 0 where either is zero, −Infinity for rows that are not ranked.
   *
   * @param query Any finite vector of `dimension` values.
   * @param rows Row numbers, in any order.
   * @param target Receives one similarity for each entry of `rows`.
   */
  exactCosines(query: Float64Array, rows: Uint32Array, target: Float64Array): void;

  /**
   * Screens all rows.
   *
   * @param query Any finite vector of `dimension` values.
   * @param target Receives one similarity a row; −Infinity for rows that are not ranked.
   */
  screen(query: Float64Array, target: Float32Array): void;

  /** Frees the memory. The matrix must not be used afterwards. */
  dispose(): void;
}
