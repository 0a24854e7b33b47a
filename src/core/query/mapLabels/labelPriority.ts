import type { Steps } from '../../work/steps';
import { foldedText } from './labelText';
import { TOKEN_KINDS, type TokenKind } from './tokenKinds';

/** Ranks that a kind is put back by. */
const PUT_BACK: Readonly<Record<TokenKind, number>> = {
  spaced: 0,
  word: 3_000,
  piece: 60_000,
  number: 2_000,
  sign: 20_000,
  other: 70_000,
};
const SHORT_PUT_BACK = 15_000;
const SHORT_LETTERS = 3;
const MOST_PUT_BACK = 75_000;

/** Tokens between two interruptions. */
const SOME_TOKENS = 64;

/**
 * How early a token is named on the map: the lower, the earlier. It is the merge rank, which is lower for more common tokens, with what
 * means little alone put back: pieces of words, signs, and words of one or two letters.
 *
 * @param id Merge rank, for tokens that were merged.
 * @param text Its visible text.
 * @param kind A place in {@link TOKEN_KINDS}; anything else counts as `other`.
 * @returns A whole number from `id` to `id` + 75,000.
 */
export function labelPriority(id: number, text: string, kind: number): number {
  const name = TOKEN_KINDS[kind] ?? 'other';
  const isOfLetters = name === 'spaced' || name === 'word' || name === 'piece';
  const isShort = isOfLetters && foldedText(text).length < SHORT_LETTERS;
  return id + PUT_BACK[name] + (isShort ? SHORT_PUT_BACK : 0);
}

/**
 * The tokens in the order in which the map names them: by {@link labelPriority}, of equal ones the lower id first.
 *
 * @param texts Visible text of each token.
 * @param kinds Kind of each, see {@link labelPriority}.
 */
export function* labelOrder(texts: readonly string[], kinds: Uint8Array): Steps<Uint32Array> {
  const priorities = new Uint32Array(texts.length);
  // Sorted by counting, which can be interrupted.
  const ends = new Uint32Array(texts.length + MOST_PUT_BACK + 1);
  for (let id = 0; id < texts.length; id++) {
    priorities[id] = labelPriority(id, texts[id], kinds[id]);
    ends[priorities[id]]++;
    if (id % SOME_TOKENS === 0) {
      yield;
    }
  }
  let sum = 0;
  for (let priority = 0; priority < ends.length; priority++) {
    const count = ends[priority];
    ends[priority] = sum;
    sum += count;
  }
  yield;
  const order = new Uint32Array(texts.length);
  for (let id = 0; id < texts.length; id++) {
    order[ends[priorities[id]]++] = id;
  }
  return order;
}
