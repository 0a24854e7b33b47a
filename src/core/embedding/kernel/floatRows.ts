import { cosineOfSums, dotWithRow, moderateQuery, squaredLength } from './canonicalSums';

/**
 * Rows kept as the checkpoint holds them, in float32, with their lengths: what the kernels that screen from the original
 * values share, and the only place where exact figures are computed.
 */
export abstract class FloatRows {
  /** √ of {@link squaredNorms}; NaN for rows that are not ranked. */
  readonly norms: Float64Array;

  /**
   * @param values The matrix, row-major, `rowCount × dimension`; longer is allowed.
   * @param squaredNorms Receives Σ value² of each row in the canonical order; NaN for rows that are not ranked.
   */
  protected constructor(
    readonly rowCount: number,
    readonly dimension: number,
    protected values: Float32Array,
    protected squaredNorms: Float64Array,
  ) {
    this.norms = new Float64Array(rowCount);
  }

  rows(firstRow: number, rowCount: number): Float32Array {
    this.checkRange(firstRow, rowCount);
    return this.values.subarray(firstRow * this.dimension, (firstRow + rowCount) * this.dimension);
  }

  normalize(firstRow: number, rowCount: number): void {
    this.checkRange(firstRow, rowCount);
    this.measure(firstRow, rowCount);
    for (let row = firstRow; row < firstRow + rowCount; row++) {
      const squared = this.squaredNorms[row];
      if (Number.isFinite(squared)) {
        this.norms[row] = Math.sqrt(squared);
      } else {
        this.squaredNorms[row] = NaN;
        this.norms[row] = NaN;
      }
    }
  }

  copyRow(row: number, target: Float64Array): void {
    this.checkRow(row);
    target.set(this.rows(row, 1));
  }

  unitRow(row: number, target: Float64Array): void {
    this.copyRow(row, target);
    const norm = this.norms[row];
    if (norm > 0) {
      for (let j = 0; j < this.dimension; j++) {
        target[j] /= norm;
      }
    }
  }

  exactCosines(query: Float64Array, rows: Uint32Array, target: Float64Array): void {
    const moderate = this.checkedQuery(query);
    const querySquared = squaredLength(moderate, 0, moderate.length);
    rows.forEach((row, index) => {
      const rowSquared = this.squaredNorms[row];
      target[index] = Number.isNaN(rowSquared)
        ? -Infinity
        : cosineOfSums(dotWithRow(moderate, this.values, row * this.dimension), querySquared, rowSquared);
    });
  }

  /** Writes the squared lengths of some rows, in the canonical order. A kernel may replace it by a faster one. */
  protected measure(firstRow: number, rowCount: number): void {
    for (let row = firstRow; row < firstRow + rowCount; row++) {
      this.squaredNorms[row] = squaredLength(this.values, row * this.dimension, this.dimension);
    }
  }

  /** The query in moderate scale. Throws a RangeError when it has not `dimension` finite values. */
  protected checkedQuery(query: Float64Array): Float64Array {
    if (query.length !== this.dimension) {
      throw new RangeError(`The query has ${query.length} values, the matrix ${this.dimension} a row.`);
    }
    return moderateQuery(query);
  }

  private checkRange(firstRow: number, rowCount: number): void {
    if (!(firstRow >= 0 && rowCount >= 0 && firstRow + rowCount <= this.rowCount)) {
      throw new RangeError(
        `Rows ${firstRow} … ${firstRow + rowCount - 1} are outside 0 … ${this.rowCount - 1}.`,
      );
    }
  }

  private checkRow(row: number): void {
    if (!Number.isInteger(row) || row < 0 || row >= this.rowCount) {
      throw new RangeError(`Token id ${row} is outside the vocabulary, 0 … ${this.rowCount - 1}.`);
    }
    if (Number.isNaN(this.norms[row])) {
      throw new RangeError(`The embedding of token id ${row} holds NaN or infinity.`);
    }
  }
}

/** @throws {RangeError} unless both are whole numbers from 1 on. */
export function checkShape(rowCount: number, dimension: number): void {
  if (!(
    Number.isSafeInteger(rowCount) &&
    Number.isSafeInteger(dimension) &&
    rowCount >= 1 &&
    dimension >= 1
  )) {
    throw new RangeError(`A matrix of ${rowCount} × ${dimension} values is not possible.`);
  }
}

/** What is thrown when a matrix does not fit into memory. */
export function outOfMemory(rowCount: number, dimension: number, bytes: number, cause?: unknown): RangeError {
  const megabytes = Math.ceil(bytes / 1e6).toLocaleString('en-US');
  return new RangeError(
    `An embedding matrix of ${rowCount} × ${dimension} values needs ${megabytes} MB of memory, more than can be had.`,
    {
      cause,
    },
  );
}
