/** Powers of ten that are exact in double precision. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/** Up to this many digits a number is an integer that is exact in double precision. */
const EXACT_DIGITS = 15;

/** Longest number in bytes. Programs write 25 at most. */
export const MAX_NUMBER_BYTES = 512;

const DIGIT_0 = 0x30;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;

/** What C and Python write for values that are no numbers, in lower case. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['-nan', Number.NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
  ['infinity', Infinity],
  ['-infinity', -Infinity],
]);

/**
 * Reads decimal numbers out of bytes, as C's `strtod` and Python's `float` understand them, and correctly rounded to double precision.
 *
 * Numbers of up to 15 digits with a power of ten up to 22 need one exact multiplication or division (W. D. Clinger, "How to Read Floating Point
 * Numbers Accurately", PLDI 1990); nearly all that are written are such. The others go through the engine's own parser.
 */
export class DecimalParser {
  /** The last number that was read. */
  value = 0;

  /** Whether the bytes from `from` to `to` are one number, which is then {@link value}. */
  parse(bytes: Uint8Array, from: number, to: number): boolean {
    let at = from;
    const isNegative = bytes[at] === MINUS;
    if (isNegative || bytes[at] === PLUS) {
      at++;
    }
    let mantissa = 0;
    let digits = 0;
    let exponent = 0;
    let hasDigits = false;
    let byte = 0;
    for (; at < to && (byte = bytes[at] - DIGIT_0) >= 0 && byte <= 9; at++) {
      hasDigits = true;
      digits += digits > 0 || byte > 0 ? 1 : 0;
      mantissa = mantissa * 10 + byte;
    }
    if (at < to && bytes[at] === POINT) {
      for (at++; at < to && (byte = bytes[at] - DIGIT_0) >= 0 && byte <= 9; at++) {
        hasDigits = true;
        digits += digits > 0 || byte > 0 ? 1 : 0;
        mantissa = mantissa * 10 + byte;
        exponent--;
      }
    }
    if (!hasDigits || to - from > MAX_NUMBER_BYTES) {
      return this.parseWord(bytes, from, to);
    }
    if (at < to) {
      const scale = exponentOf(bytes, at, to);
      if (scale === undefined) {
        return false;
      }
      exponent += scale;
    }
    if (digits <= EXACT_DIGITS && exponent >= -22 && exponent <= 22) {
      const value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
      this.value = isNegative ? -value : value;
    } else {
      this.value = Number(asciiOf(bytes, from, to));
    }
    return true;
  }

  private parseWord(bytes: Uint8Array, from: number, to: number): boolean {
    const value = to - from > 9 ? undefined : WORDS.get(asciiOf(bytes, from, to).toLowerCase());
    this.value = value ?? 0;
    return value !== undefined;
  }
}

/** The exponent that is written from `at` on, `e-05`; undefined where something else is. */
function exponentOf(bytes: Uint8Array, at: number, to: number): number | undefined {
  if ((bytes[at] | 0x20) !== 0x65) {
    return undefined;
  }
  at++;
  const isNegative = bytes[at] === MINUS;
  if (at < to && (isNegative || bytes[at] === PLUS)) {
    at++;
  }
  if (at >= to) {
    return undefined;
  }
  let exponent = 0;
  for (; at < to; at++) {
    const digit = bytes[at] - DIGIT_0;
    if (digit < 0 || digit > 9) {
      return undefined;
    }
    exponent = exponent * 10 + digit;
  }
  return isNegative ? -exponent : exponent;
}

/** Not more than a few hundred bytes. */
function asciiOf(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
