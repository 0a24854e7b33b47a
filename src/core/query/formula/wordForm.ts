import type { Tokenizer } from '../../tokenizer/tokenizer';

/** How bare words are meant: as they stand, or with a leading space, as inside a sentence. */
export type WordForm = 'bare' | 'leadingSpace';

/** {@link WordForm}, or for each word the form that makes fewer tokens of it. */
export type WordFormChoice = WordForm | 'automatic';

/**
 * The form in which a word alone is meant: as it stands if it is one token, else with a space if that is one, else as it stands.
 */
export function formOfWord(tokenizer: Tokenizer, word: string): WordForm {
  const isOne = (text: string): boolean => tokenizer.encode(text).length === 1;
  return !isOne(word) && isOne(` ${word}`) ? 'leadingSpace' : 'bare';
}

/**
 * The form in which a word of a formula is meant: the one that makes fewer tokens of it, and of two that make as many the one with a
 * space, as running text has it. Vectors of words at the beginning of a text and of words within one differ by more than their meaning.
 */
export function formOfOperand(tokenizer: Tokenizer, word: string): WordForm {
  return tokenizer.encode(word).length < tokenizer.encode(` ${word}`).length ? 'bare' : 'leadingSpace';
}
