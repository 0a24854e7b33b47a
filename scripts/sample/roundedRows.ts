/** Whole numbers in place of values, and what each of them stands for. */
export interface RoundedRows {
  /** Column after column: all rows' first value, all rows' second … */
  readonly codes: Int8Array;
  /** What the codes 0 to 127 stand for; −n stands for −`levels[n]`. */
  readonly levels: readonly number[];
}

/** Codes that are not negative. */
const CODES = 128;

/** Codes that occur so often that the mean of their values differs from the middle of their interval. */
const CENTERED_CODES = 2;

/**
 * Rounds all values by one step. The codes ±1 and ±2, which nearly all values have, stand for the mean of the values that they replace:
 * most of these are in the part of the interval that is nearer to 0.
 *
 * @param values Row-major, rows × dimension.
 * @throws {RangeError} when a value is more than 127 steps.
 */
export function roundRows(values: Float64Array, dimension: number, step: number): RoundedRows {
  const rows = values.length / dimension;
  const codes = new Int8Array(values.length);
  const sums = new Float64Array(CODES);
  const counts = new Float64Array(CODES);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < dimension; column++) {
      const value = values[row * dimension + column] ?? 0;
      const size = Math.floor(Math.abs(value) / step + 0.5);
      if (size > 127) {
        throw new RangeError(`Value ${String(value)} is more than 127 steps of ${String(step)}.`);
      }
      codes[column * rows + row] = value < 0 ? -size : size;
      sums[size] = (sums[size] ?? 0) + Math.abs(value);
      counts[size] = (counts[size] ?? 0) + 1;
    }
  }
  const levels = Array.from({ length: CODES }, (_, code) =>
    code > 0 && code <= CENTERED_CODES && (counts[code] ?? 0) > 0
      ? (sums[code] ?? 0) / (counts[code] ?? 1)
      : code * step,
  );
  return { codes, levels };
}
