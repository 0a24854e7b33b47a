import type { Tokenizer } from '../../tokenizer/tokenizer';

/** How bare words are meant: as they stand, or with a leading space, as inside a sentence. */
export type WordForm = 'bare' | 'leadingSpace';

/** {@link WordForm}, or for each word the form that makes fewer tokens of it. */
export type WordFormChoice = WordForm | 'automatic';

/**
 * The form of a word that is meant where none was chosen: that in which it stands if it is one token, else the first of the others that is;
 * where none is, that in which it stands.
 *
 * @param tokenCount How many tokens a form is.
 */
export function formTaken<Form>(
  standing: Form,
  others: readonly Form[],
  tokenCount: (form: Form) => number,
): Form {
  return [standing, ...others].find((form) => tokenCount(form) === 1) ?? standing;
}

/** {@link formTaken} of a word that is typed, and stands there without a space. */
export function formOfWord(tokenizer: Tokenizer, word: string): WordForm {
  return formTaken<WordForm>(
    'bare',
    ['leadingSpace'],
    (form) => tokenizer.encode(form === 'bare' ? word : ` ${word}`).length,
  );
}

/**
 * The form in which a word of a formula is meant: the one that makes fewer tokens of it, and of two that make as many the one with a
 * space, as running text has it. Vectors of words at the beginning of a text and of words within one differ by more than their meaning. Where
 * rows are words, there are none with a space.
 */
export function formOfOperand(tokenizer: Tokenizer, word: string): WordForm {
  if (tokenizer.labelKind === 'words') {
    return 'bare';
  }
  // What is not found has no token.
  const tokenCount = (text: string): number => tokenizer.encode(text).length || Number.POSITIVE_INFINITY;
  return tokenCount(word) < tokenCount(` ${word}`) ? 'bare' : 'leadingSpace';
}
