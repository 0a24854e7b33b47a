import type { Tokenizer } from '../core/tokenizer/tokenizer';

/** Of each word that is a token with and without a space before it, both ids. */
export function spacedPairs(tokenizer: Tokenizer, tokenCount: number): (readonly [number, number])[] {
  const idOf = new Map<string, number>();
  for (let id = 0; id < Math.min(tokenCount, tokenizer.vocabularySize); id++) {
    if (tokenizer.hasToken(id)) {
      idOf.set(tokenizer.decode([id]), id);
    }
  }
  return [...idOf].flatMap(([text, id]) => {
    const spaced = /^\p{L}+$/u.test(text) ? idOf.get(` ${text}`) : undefined;
    return spaced === undefined ? [] : [[id, spaced] as const];
  });
}
