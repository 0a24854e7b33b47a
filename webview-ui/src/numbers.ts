const MINUS = '\u2212';
const NO_BREAK_SPACE = '\u00a0';
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

function formatDecimals(value: number, decimals: number): string {
  const digits = Math.abs(value).toFixed(decimals);
  // A value that rounds to zero has no sign.
  return value < 0 && Number(digits) !== 0 ? MINUS + digits : digits;
}
