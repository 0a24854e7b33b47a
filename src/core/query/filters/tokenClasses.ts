import { isSpecialToken } from '../../tokenFacts/isSpecialToken';
import type { Tokenizer } from '../../tokenizer/tokenizer';

/** Bits of a token's class. A token may have several, or none (`Mike2`). */
export const LEADING_SPACE = 1;
export const WORD_LIKE = 2;
export const BYTE_FRAGMENT = 4;
export const SPECIAL = 8;
export const DIGITS = 16;
export const PUNCTUATION = 32;
export const WHITE_SPACE = 64;
export const HOLE = 128;

const SPACE = 0x20;

/** Letters and marks of any script, with apostrophes, and the joiners that Persian and Indic spelling needs. */
const WORD = /^ ?['’]*[\p{L}\p{M}][\p{L}\p{M}'’\u200c\u200d]*$/u;
const NUMBER = /^ ?\p{N}+$/u;
const SIGNS = /^ ?[\p{P}\p{S}]+$/u;
const SPACES = /^\p{White_Space}+$/u;

/**
 * The class of every token of a vocabulary.
 *
 * - `LEADING_SPACE`: the first byte is U+0020, also of tokens that are nothing but spaces
 * - `WORD_LIKE`: letters or marks of any script, at least one, with apostrophes (`'s`, `don’t`), after at most one space
 * - `DIGITS`: characters of `\p{N}` only, after at most one space
 * - `PUNCTUATION`: characters of `\p{P}` and `\p{S}` only, after at most one space
 * - `WHITE_SPACE`: characters with Unicode's property White_Space only
 * - `BYTE_FRAGMENT`: bytes that are not valid UTF-8 on their own
 * - `SPECIAL`: control tokens such as `<|endoftext|>`; no other bit is set
 * - `HOLE`: an id that no token has; no other bit is set
 *
 * @returns One byte a token, by id: vocabularySize of them.
 */
export function tokenClasses(tokenizer: Tokenizer): Uint8Array {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const classes = new Uint8Array(tokenizer.vocabularySize);
  for (let id = 0; id < classes.length; id++) {
    if (!tokenizer.hasToken(id)) {
      classes[id] = HOLE;
      continue;
    }
    const bytes = tokenizer.tokenBytes(id);
    const text = validText(bytes, decoder);
    classes[id] =
      text === undefined
        ? BYTE_FRAGMENT | spaceBit(bytes[0])
        : isSpecialToken(id, text, tokenizer)
          ? SPECIAL
          : classOfText(text);
  }
  return classes;
}

function validText(bytes: Uint8Array, decoder: TextDecoder): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function spaceBit(first: number): number {
  return first === SPACE ? LEADING_SPACE : 0;
}

/** The class of a token whose bytes are this text, but for `SPECIAL`. */
export function classOfText(text: string): number {
  if (text === '') {
    return HOLE;
  }
  const space = spaceBit(text.charCodeAt(0));
  if (WORD.test(text)) {
    return space | WORD_LIKE;
  }
  if (NUMBER.test(text)) {
    return space | DIGITS;
  }
  if (SIGNS.test(text)) {
    return space | PUNCTUATION;
  }
  return SPACES.test(text) ? space | WHITE_SPACE : space;
}
