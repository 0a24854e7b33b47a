import { LONG_NUMBER, MINUS, withExponent } from '../numbers';

/** Vectors of GPT-2 are drawn from −0.8 to 0.8, as in the lesson, unless they need more. */
const USUAL_LIMIT = 0.8;
/** Vectors that would fill less than this share of the usual axis get one of their own: all would lie in one dot. */
const SMALLEST_SHARE = 0.25;
/** Limits whose half is a number that can be read at a glance. */
const MANTISSAS = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/**
 * Where an axis that is symmetric around 0 ends.
 *
 * @param largest the largest magnitude that is drawn
 * @returns 0.8 where that suits the values, else the next limit that can be halved neatly
 */
export function symmetricLimit(largest: number): number {
  const isUsual = largest <= USUAL_LIMIT && largest >= USUAL_LIMIT * SMALLEST_SHARE;
  if (isUsual || largest === 0 || !Number.isFinite(largest)) {
    return USUAL_LIMIT;
  }
  const power = 10 ** Math.floor(Math.log10(largest));
  // A value that is the limit but for rounding must not double the axis.
  const mantissa = MANTISSAS.find((candidate) => candidate * power >= largest * (1 - 1e-12)) ?? 10;
  return Number((mantissa * power).toPrecision(3));
}

/** The ends, the middles and 0, ascending. */
export function symmetricTicks(limit: number): number[] {
  return [-limit, -limit / 2, 0, limit / 2, limit];
}

/** A tick with as many digits as it needs, and a true minus sign. */
export function formatTick(value: number): string {
  if (Math.abs(value) >= LONG_NUMBER) {
    return withExponent(value, 2);
  }
  const digits = String(Number(Math.abs(value).toPrecision(3)));
  return value < 0 ? MINUS + digits : digits;
}

/** The largest magnitude among finite values of all lists; 0 for none. */
export function largestMagnitude(...lists: readonly (readonly number[])[]): number {
  let largest = 0;
  for (const list of lists) {
    for (const value of list) {
      const magnitude = Math.abs(value);
      if (magnitude > largest && Number.isFinite(magnitude)) {
        largest = magnitude;
      }
    }
  }
  return largest;
}
