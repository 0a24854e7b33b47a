/** Stands for a lone surrogate, which UTF-8 cannot express. */
const REPLACEMENT_CODE_POINT = 0xfffd;

/** Most UTF-8 bytes that one UTF-16 unit can need; a surrogate pair needs four for its two. */
export const MAX_UTF8_BYTES_PER_UNIT = 3;

/**
 * The code point at a UTF-16 offset, with U+FFFD for a lone surrogate, or one cut off from its partner by the limit.
 * Its width in UTF-16 units is 2 above U+FFFF, else 1.
 */
export function scalarValueAt(text: string, at: number, limit: number): number {
  const unit = text.charCodeAt(at);
  if ((unit & 0xf800) !== 0xd800) {
    return unit;
  }
  const codePoint = at + 1 < limit ? (text.codePointAt(at) ?? 0) : unit;
  return codePoint > 0xffff ? codePoint : REPLACEMENT_CODE_POINT;
}

/** Number of code points of a text; a lone surrogate is one. */
export function codePointCount(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at++) {
    // After a low surrogate comes no other that belongs to the same high one.
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800) {
      count--;
    }
  }
  return count;
}

/** Number of UTF-8 bytes of a code point: 1 to 4. */
export function utf8Length(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}

/**
 * Length of the whole, valid UTF-8 character that starts at `at`, or 0 where none does: overlong forms, surrogates and
 * code points beyond U+10FFFF are invalid, as is a sequence that the end cuts off (Unicode Standard, table 3-7).
 */
export function validCharacterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead < 0x80) {
    return 1;
  }
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) {
    return 0;
  }
  const second = bytes[at + 1];
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) {
    return 0;
  }
  for (let i = 2; i < length; i++) {
    if ((bytes[at + i] & 0xc0) !== 0x80) {
      return 0;
    }
  }
  return length;
}
