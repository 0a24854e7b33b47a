import { LONGEST_LABEL_BYTES } from '../../tokenizer/tokenLabel';
import type { Tokenizer } from '../../tokenizer/tokenizer';

/** One entry of a folded list. */
export interface FoldedToken {
  readonly id: number;
  /** Place in the list that was not folded, from 1 on. */
  readonly rank: number;
}

/** Tokens that differ only in a leading space and in case, best rank first. At least one. */
export interface FoldedGroup {
  readonly best: FoldedToken;
  readonly others: readonly FoldedToken[];
}

/**
 * Folds a ranked list: ` Mike`, `Mike`, `mike` and ` MIKE` become one group, which stands where its best member stood. Ranks stay
 * those of the whole list, so the folded list skips numbers.
 *
 * Tokens belong together whose texts are equal without one leading space and in lower case, by Unicode's full mapping and
 * whatever the locale. Byte fragments, tokens that are one space or nothing or longer than any word, and ids beyond the vocabulary
 * each stand alone.
 *
 * @param ids Distinct token ids, best first.
 */
export function foldVariants(ids: readonly number[], tokenizer: Tokenizer): FoldedGroup[] {
  const groups = new Map<string | number, { best: FoldedToken; others: FoldedToken[] }>();
  ids.forEach((id, index) => {
    const token = { id, rank: index + 1 };
    // A number never equals a text, so a token without a key has a group of its own.
    const key = foldingKey(id, tokenizer) ?? id;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { best: token, others: [] });
    } else {
      group.others.push(token);
    }
  });
  return [...groups.values()];
}

/** What the tokens of a group have in common, or undefined for a token that never folds. */
export function foldingKey(id: number, tokenizer: Tokenizer): string | undefined {
  if (!tokenizer.hasToken(id)) {
    return undefined;
  }
  try {
    const bytes = tokenizer.tokenBytes(id);
    if (bytes.length > LONGEST_LABEL_BYTES) {
      return undefined;
    }
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const word = text.startsWith(' ') ? text.slice(1) : text;
    return word === '' ? undefined : word.toLowerCase();
  } catch {
    return undefined;
  }
}
