import type { Tokenizer } from '../../tokenizer/tokenizer';
import { finish, type Steps } from '../../work/steps';
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

/** A word, or several as one label: `New York`, `ice_cream`, `well-known`, `e.g.` */
const SEVERAL_WORDS = /^[\p{L}\p{M}][\p{L}\p{M}'’_. -]*$/u;

/** Tokens between two interruptions. */
const SOME_TOKENS = 1_024;

/** @returns The kind of every token, by id, as a place in {@link TOKEN_KINDS}. */
export function tokenKinds(tokenizer: Tokenizer): Uint8Array<ArrayBuffer> {
  const classes = tokenClasses(tokenizer);
  return finish(
    kindsOfTokens(
      classes,
      Array.from(classes, (_, id) => tokenizer.decode([id])),
    ),
  );
}

/**
 * The same, for who must not work at a stretch.
 *
 * @param classes Of all tokens, see `tokenClasses`.
 * @param texts Of all tokens, as they are decoded.
 * @param areWords Whether they are words, none of which has a space before it or is a piece.
 */
export function* kindsOfTokens(
  classes: Uint8Array,
  texts: readonly string[],
  areWords = false,
): Steps<Uint8Array<ArrayBuffer>> {
  const spacedWords = new Set<string>();
  const kinds = new Uint8Array(classes.length);
  for (let id = 0; id < classes.length; id++) {
    if ((classes[id] & LEADING_SPACE) !== 0 && (classes[id] & WORD_LIKE) !== 0) {
      spacedWords.add(texts[id]);
    }
    if (id % SOME_TOKENS === 0) {
      yield;
    }
  }
  for (let id = 0; id < classes.length; id++) {
    kinds[id] = TOKEN_KINDS.indexOf(kindOf(classes[id], texts[id], areWords ? undefined : spacedWords));
    if (id % SOME_TOKENS === 0) {
      yield;
    }
  }
  return kinds;
}

/** @param spacedWords Undefined where all are words. */
function kindOf(bits: number, text: string, spacedWords: ReadonlySet<string> | undefined): TokenKind {
  if ((bits & (SPECIAL | HOLE)) !== 0 || text.includes('\ufffd') || OTHER_SCRIPT.test(text)) {
    return 'other';
  }
  if (spacedWords === undefined && SEVERAL_WORDS.test(text)) {
    return 'word';
  }
  if ((bits & WORD_LIKE) !== 0) {
    return (bits & LEADING_SPACE) !== 0 ? 'spaced' : spacedWords?.has(` ${text}`) === true ? 'word' : 'piece';
  }
  return (bits & DIGITS) !== 0 ? 'number' : 'sign';
}
