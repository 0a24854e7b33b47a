import type { Tokenizer } from '../tokenizer/tokenizer';

/** One way to write a token's word, and what the tokenizer makes of it. */
export interface SpellingVariant {
  readonly text: string;
  readonly ids: readonly number[];
  /** The single token that it is, or undefined for one of several tokens. */
  readonly id: number | undefined;
}

/** UTF-16 units. A token of a foreign tokenizer may have megabytes, and each way to write it would be tokenized. */
const LONGEST_WORD = 256;

/**
 * The ways to write a word: as it is, in lower case, in upper case and capitalized (first character in upper case, the rest in lower),
 * each without and with a leading space. Cases map as Unicode does, whatever the locale. Each text once, in this order.
 *
 * @param text One leading space is taken off.
 * @returns Where texts are looked up, those that are found. Empty for a text that is empty or one space, or longer than any word.
 */
export function spellingVariants(text: string, tokenizer: Tokenizer): SpellingVariant[] {
  const word = text.startsWith(' ') ? text.slice(1) : text;
  if (word === '' || word.length > LONGEST_WORD) {
    return [];
  }
  const [first = ''] = word;
  const capitalized = first.toUpperCase() + word.slice(first.length).toLowerCase();
  const forms = [word, word.toLowerCase(), word.toUpperCase(), capitalized];
  return [...new Set(forms.flatMap((form) => [form, ` ${form}`]))].flatMap((form) => {
    const ids = tokenizer.encode(form);
    const id = ids.length === 1 ? ids[0] : undefined;
    const isLabel = id !== undefined && tokenizer.decode([id]) === form;
    return tokenizer.labelKind === undefined || isLabel ? { text: form, ids, id } : [];
  });
}
