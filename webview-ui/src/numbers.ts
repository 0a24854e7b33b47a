/** A true minus sign. */
export const MINUS = '\u2212';
const NO_BREAK_SPACE = '\u00a0';
/** From here on a number is shown with an exponent: no column has room for its digits. */
export const LONG_NUMBER = 1_000_000;
const counts = new Intl.NumberFormat('en-US');

/** A similarity with three decimals and a true minus sign. */
export function formatSimilarity(score: number): string {
  return formatDecimals(score, 3);
}

/** A norm with two decimals. */
export function formatNorm(norm: number): string {
  return formatDecimals(norm, 2);
}

/** `50,257` */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** A count of four characters at most, as far as there are no millions: `2517`, `50k`. */
export function formatShortCount(count: number): string {
  return count < 10_000 ? String(count) : `${Math.round(count / 1_000)}k`;
}

/** A share 0 … 1 as `42 %`, which cannot break between number and sign. */
export function formatShare(share: number): string {
  return formatPercent(Math.round(share * 100));
}

/** A whole percentage as `42 %`, which cannot break between number and sign. */
export function formatPercent(percent: number): string {
  return `${percent}${NO_BREAK_SPACE}%`;
}

/** `1.4 ms`, `32 ms`, `1.3 s` */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds >= 1_000) {
    return `${(milliseconds / 1_000).toFixed(1)}${NO_BREAK_SPACE}s`;
  }
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)}${NO_BREAK_SPACE}ms`;
}

/** A round number of an axis, as short as it is: `0`, `0.2`, `−1`, `1,500`. */
export function formatAxisNumber(value: number): string {
  if (Math.abs(value) >= LONG_NUMBER) {
    return withExponent(value, 2);
  }
  const rounded = Number(value.toPrecision(6));
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
    .format(rounded)
    .replace('-', MINUS)
    .replace(/^\u22120$/, '0');
}

/** A number that is too long to be written out, as `5.3e29`, and none with more digits than it needs. */
export function withExponent(value: number, decimals: number): string {
  const rounded = Number(Math.abs(value).toExponential(decimals));
  return (value < 0 ? MINUS : '') + rounded.toExponential().replace('e+', 'e');
}

function formatDecimals(value: number, decimals: number): string {
  if (Math.abs(value) >= LONG_NUMBER) {
    return withExponent(value, 1);
  }
  const digits = Math.abs(value).toFixed(decimals);
  // A value that rounds to zero has no sign.
  return value < 0 && Number(digits) !== 0 ? MINUS + digits : digits;
}
