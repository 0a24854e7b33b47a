/** What GPT-2's pre-tokenizer distinguishes. 0 stands for "not asked yet". */
export const LETTER = 1;
export const NUMBER = 2;
export const WHITE_SPACE = 3;
export const OTHER = 4;

const CODE_POINT_COUNT = 0x110000;
const ASCII_COUNT = 0x80;

/**
 * Classes of characters: `\p{L}`, `\p{N}`, and Unicode's White_Space property. White_Space is written out because
 * JavaScript's `\s` differs from it: `\s` holds U+FEFF and lacks U+0085.
 *
 * Letters and numbers follow the Unicode version of the JavaScript engine. Versions differ only in characters that the
 * older one does not know yet, which then count as OTHER.
 */
export class CharacterClasses {
  /** Class by code point, filled on demand: a regular expression over all of Unicode would delay the first word. */
  private readonly known = new Uint8Array(CODE_POINT_COUNT);

  constructor() {
    for (let code = 0; code < ASCII_COUNT; code++) {
      this.known[code] = classify(code);
    }
  }

  /** @param codePoint 0 to 0x10FFFF. */
  of(codePoint: number): number {
    return this.known[codePoint] || this.learn(codePoint);
  }

  private learn(codePoint: number): number {
    return (this.known[codePoint] = classify(codePoint));
  }
}

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (/[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u.test(character)) {
    return WHITE_SPACE;
  }
  if (/\p{L}/u.test(character)) {
    return LETTER;
  }
  return /\p{N}/u.test(character) ? NUMBER : OTHER;
}
