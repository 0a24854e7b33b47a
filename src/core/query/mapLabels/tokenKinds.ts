import type { Tokenizer } from '../../tokenizer/tokenizer';
import { DIGITS, HOLE, LEADING_SPACE, SPECIAL, tokenClasses, WORD_LIKE } from '../filters/tokenClasses';

/**
 * What a map tells tokens apart by; each token is of one kind.
 *
 * - `spaced`: a word after a space
 * - `word`: a word without one, which is a token with a space too
 * - `piece`: letters that are no word by that measure
 * - `number`: digits only
 * - `sign`: signs, white space, code, and what mixes kinds
 * - `other`: bytes that are no text on their own, letters of scripts other than Latin, control tokens, and ids that no token has
 */
export const TOKEN_KINDS = ['spaced', 'word', 'piece', 'number', 'sign', 'other'] as const;

export type TokenKind = (typeof TOKEN_KINDS)[number];

const OTHER_SCRIPT = /(?!\p{Script=Latin})\p{L}/u;

/** @returns The kind of every token, by id, as a place in {@link TOKEN_KINDS}. */
export function tokenKinds(tokenizer: Tokenizer): Uint8Array {
  const classes = tokenClasses(tokenizer);
  const texts = Array.from(classes, (_, id) => tokenizer.decode([id]));
  const spacedWords = new Set(
    texts.filter((_, id) => (classes[id] & LEADING_SPACE) !== 0 && (classes[id] & WORD_LIKE) !== 0),
  );
  return classes.map((bits, id) => TOKEN_KINDS.indexOf(kindOf(bits, texts[id], spacedWords)));
}

function kindOf(bits: number, text: string, spacedWords: ReadonlySet<string>): TokenKind {
  if ((bits & (SPECIAL | HOLE)) !== 0 || text.includes('\ufffd') || OTHER_SCRIPT.test(text)) {
    return 'other';
  }
  if ((bits & WORD_LIKE) !== 0) {
    return (bits & LEADING_SPACE) !== 0 ? 'spaced' : spacedWords.has(` ${text}`) ? 'word' : 'piece';
  }
  return (bits & DIGITS) !== 0 ? 'number' : 'sign';
}
