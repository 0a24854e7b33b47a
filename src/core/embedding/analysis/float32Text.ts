/** So many significant digits tell every single-precision value from all others. */
const MOST_DIGITS = 9;

/**
 * A single-precision value in the fewest significant digits that, read as a double and rounded to single precision, give it back:
 * `0.1` for the value that JavaScript writes as `0.10000000149011612`.
 *
 * @param value Finite, of single precision.
 */
export function float32Text(value: number): string {
  let shortest = value.toPrecision(MOST_DIGITS);
  for (let digits = MOST_DIGITS - 1; digits > 0; digits--) {
    const shorter = value.toPrecision(digits);
    if (Math.fround(Number(shorter)) !== value) {
      break;
    }
    shortest = shorter;
  }
  // Without zeros at the end; −0 keeps its sign.
  return Object.is(value, -0) ? '-0' : String(Number(shortest));
}
