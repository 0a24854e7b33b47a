/** Scores of sums in different orders differ by roundings: about dimension · 2⁻⁵³ of what is summed, at most 1e-12 for real models. */
export const ROUNDING_TOLERANCE = 1e-12;

/**
 * True where two rankings hold the same rows in the same order. Rows whose scores differ by no more than roundings count as equal, in
 * whatever order of theirs.
 *
 * @param first Rows, each once.
 * @param second Rows, each once.
 * @param scores Of each row.
 * @param scaleOf What the roundings of a row's score are relative to.
 */
export function isSameOrder(
  first: Uint32Array,
  second: Uint32Array,
  scores: Float64Array,
  scaleOf: (row: number) => number,
): boolean {
  return (
    first.length === second.length &&
    first.every((row, index) => {
      const other = second[index];
      const tolerance = ROUNDING_TOLERANCE * Math.max(scaleOf(row), scaleOf(other));
      return row === other || Math.abs(scores[row] - scores[other]) <= tolerance;
    })
  );
}
