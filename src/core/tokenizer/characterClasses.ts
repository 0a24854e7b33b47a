import { scalarValueAt } from './utf8';

/** What GPT-2's pre-tokenizer distinguishes. 0 stands for "not asked yet". */
export const LETTER = 1;
export const NUMBER = 2;
export const WHITE_SPACE = 3;
export const OTHER = 4;
/** Half of a surrogate pair, or a lone surrogate: no class of a character, but that of a UTF-16 unit that does not tell one. */
export const SURROGATE = 5;

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
  /**
   * Class by code point, 0 where it was not asked yet: a regular expression over all of Unicode would delay the first word. Below
   * U+10000 by UTF-16 unit as well, for loops that look at each: there surrogates are {@link SURROGATE}.
   */
  readonly known = new Uint8Array(CODE_POINT_COUNT);

  constructor() {
    for (let code = 0; code < ASCII_COUNT; code++) {
      this.known[code] = classify(code);
    }
    this.known.fill(SURROGATE, 0xd800, 0xe000);
  }

  /** @param codePoint 0 to 0x10FFFF, no surrogate. */
  of(codePoint: number): number {
    return this.known[codePoint] || this.learn(codePoint);
  }

  /** The class of the character at an offset, which is U+FFFD for a lone surrogate. */
  at(text: string, offset: number, limit: number): number {
    const byUnit = this.known[text.charCodeAt(offset)];
    return byUnit === 0 || byUnit === SURROGATE ? this.of(scalarValueAt(text, offset, limit)) : byUnit;
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
