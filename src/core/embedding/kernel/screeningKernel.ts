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

/** The rows of one embedding matrix in a kernel's own memory: first filled, then normalised, then searched. */
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
   * Normalises rows that have been written: keeps what a cosine needs of their length, so that no search ever measures it
   * again. To be called once for each row.
   */
  normalize(firstRow: number, rowCount: number): void;

  /**
   * Euclidean length of each row as the checkpoint holds it, in double precision; 0 for a zero row, NaN for a row that
   * holds NaN or infinity (such rows are reported and never ranked).
   */
  readonly norms: Float64Array;

  /**
   * Copies one row into `target` as unit vector in double precision: value / norm. A zero row stays zero.
   *
   * @throws {RangeError} when the row does not exist or holds NaN or infinity.
   */
  unitRow(row: number, target: Float64Array): void;

  /**
   * Exact cosine similarity of a query and one row, in double precision in one canonical order of summation that all
   * kernels share. 0 where either is zero.
   */
  exactCosine(query: Float64Array, row: number): number;

  /**
   * Screens all rows.
   *
   * @param query Any finite vector of `dimension` values.
   * @param target Receives one similarity a row; −Infinity for rows that are not ranked.
   */
  screen(query: Float64Array, target: Float32Array): void;

  /** Frees the memory. */
  dispose(): void;
}
