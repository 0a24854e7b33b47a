import { visibleJson } from '../foreignText/visibleText';
import type { Tokenizer } from '../tokenizer/tokenizer';

/** Words that are named; of more it is said how many there are. */
const NAMED_WORDS = 5;

/** Longest part of a word that is shown. */
const SHOWN_LENGTH = 80;

/**
 * What is to be said of a text some of whose words have no row.
 *
 * @returns A sentence for people, with a spelling that has a row where there is one; undefined where all words are found, and for a tokenizer
 *   that splits whatever comes.
 */
export function notFoundText(tokenizer: Tokenizer, text: string): string | undefined {
  const words = tokenizer.notFound?.(text) ?? [];
  if (words.length === 0) {
    return undefined;
  }
  const named = words.slice(0, NAMED_WORDS).map(shown).join(', ');
  const rest = words.length > NAMED_WORDS ? ` and ${words.length - NAMED_WORDS} more` : '';
  const other = words
    .map((word) => otherSpelling(tokenizer, word))
    .find((spelling) => spelling !== undefined);
  return (
    `${named}${rest} ${words.length === 1 ? 'is' : 'are'} not among the ${tokenizer.vocabularySize.toLocaleString('en-US')} labels of ${tokenizer.name}` +
    (other === undefined ? '.' : `; ${shown(other)} is.`)
  );
}

/** The word in another case that is a label. */
function otherSpelling(tokenizer: Tokenizer, word: string): string | undefined {
  const lower = word.toLowerCase();
  const [first = ''] = lower;
  return [lower, first.toUpperCase() + lower.slice(first.length), word.toUpperCase()].find(
    (spelling) => tokenizer.encode(spelling).length === 1,
  );
}

function shown(word: string): string {
  return visibleJson(word.length > SHOWN_LENGTH ? `${word.slice(0, SHOWN_LENGTH)}…` : word);
}
