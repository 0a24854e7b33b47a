import type { Tokenizer } from '../tokenizer/tokenizer';

/** No published special token's name begins or ends with a letter, a digit or white space: `<s>`, `[CLS]`, `<|endoftext|>`. */
const WORD_AT_AN_END = /^[\p{L}\p{N}\p{M}\p{White_Space}]|[\p{L}\p{N}\p{M}\p{White_Space}]$/u;

/** `<s>` is the shortest. */
const SHORTEST_NAME = 3;

/** No published one comes near. */
const LONGEST_NAME = 256;

/**
 * Whether a token is one of the tokenizer's special tokens, such as `<|endoftext|>`: its text gives the token only where special
 * tokens are asked for. Told by what the tokenizer does; tokens whose text cannot be such a name are not tried.
 *
 * @param text The token's bytes as text.
 */
export function isSpecialToken(id: number, text: string, tokenizer: Tokenizer): boolean {
  return (
    text.length >= SHORTEST_NAME &&
    text.length <= LONGEST_NAME &&
    !WORD_AT_AN_END.test(text) &&
    isExactly(tokenizer.encode(text, { special: true }), id) &&
    !isExactly(tokenizer.encode(text), id)
  );
}

function isExactly(ids: readonly number[], id: number): boolean {
  return ids.length === 1 && ids[0] === id;
}
