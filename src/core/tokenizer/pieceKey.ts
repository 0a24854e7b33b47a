/** Longest text whose key is exact, in UTF-16 units. */
const MAX_EXACT_UNITS = 7;
/** Units of an exact key are below this: Latin-1. */
const EXACT_UNITS = 0x100;

/** A prime above every byte, so that digits of this base tell bytes apart. */
const BASE = 257;

/** `low` of the key of no text. The one in front tells texts of different lengths apart. */
export const EMPTY_KEY = 1;
/** `low` of the key of one space. */
export const SPACE_KEY = (EMPTY_KEY << 8) | 0x20;

/**
 * The key of a pre-token: 64 bits that its tokens are remembered by, made a UTF-16 unit at a time. `low` is shifted by a byte for each unit;
 * what it loses at the top, and the upper bytes of units, go into `high`, a number in base 257.
 *
 * Of at most seven units of Latin-1 the key is exact: no two of them have the same. Together with the one in front they are at most
 * eight bytes. `low` holds the last four as they are. `high` holds those before them, at most four, as digits that are below the base; the
 * first of four is the one in front, so the number is less than 2 · 257³ and was not cut to 32 bits. Of all other texts it is a hash.
 */
export class PieceKey {
  low = EMPTY_KEY;
  high = 0;
  isExact = true;

  /** @param allUnits All units of the text, joined by a bitwise or. */
  set(low: number, high: number, allUnits: number, length: number): void {
    this.low = low;
    this.high = high;
    this.isExact = length <= MAX_EXACT_UNITS && allUnits < EXACT_UNITS;
  }

  /** Makes this the key of `text[start, end)`. */
  setTo(text: string, start: number, end: number): void {
    let low = EMPTY_KEY;
    let high = 0;
    let allUnits = 0;
    for (let at = start | 0; at < end; at = (at + 1) | 0) {
      const unit = text.charCodeAt(at);
      high = nextHigh(high, low, unit);
      low = nextLow(low, unit);
      allUnits |= unit;
    }
    this.set(low, high, allUnits, end - start);
  }
}

/** `low` with one unit more. */
export function nextLow(low: number, unit: number): number {
  return (low << 8) ^ unit;
}

/** `high` with one unit more. @param low Without that unit. */
export function nextHigh(high: number, low: number, unit: number): number {
  // The upper byte of a unit, which meets the unit before it in low, is added where it meets no digit at first.
  return (Math.imul(high, BASE) + (low >>> 24) + ((unit & 0xff00) << 8)) | 0;
}
