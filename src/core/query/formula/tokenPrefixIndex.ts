import { LONGEST_LABEL_BYTES } from '../../tokenizer/tokenLabel';
import type { Tokenizer } from '../../tokenizer/tokenizer';

/** A token that can complete what was typed. */
export interface PrefixMatch {
  readonly id: number;
  /** The token's text, leading space included. */
  readonly text: string;
}

/** Which tokens a search looks through: all, those that begin with a space, or those that do not. */
export type LeadingSpace = 'any' | 'with' | 'without';

/**
 * The vocabulary's texts in order, so that the tokens with a prefix lie side by side. Case and one leading space do not count for
 * the order. Tokens that are no text of their own (parts of characters, holes), and those that nobody would have completed, are left
 * out. Made on the first search.
 */
export class TokenPrefixIndex {
  private lazyEntries: PrefixEntries | undefined;

  constructor(readonly tokenizer: Tokenizer) {}

  /**
   * The tokens whose text, one leading space aside, begins with `prefix` in any case. First the token that is the prefix itself,
   * then those that begin with it in the same case, then the others; within each by rising id, which in a vocabulary
   * learned from merges means the more frequent first.
   *
   * @param limit At most this many.
   */
  search(prefix: string, limit: number, leadingSpace: LeadingSpace = 'any'): PrefixMatch[] {
    const { ids, texts, keys } = (this.lazyEntries ??= entriesOf(this.tokenizer));
    const folded = prefix.toLowerCase();
    const matches: { readonly id: number; readonly text: string; readonly tier: number }[] = [];
    for (let at = firstNotBelow(keys, folded); at < keys.length && keys[at].startsWith(folded); at++) {
      const text = texts[at];
      const hasSpace = text.startsWith(' ');
      if (leadingSpace === 'any' || hasSpace === (leadingSpace === 'with')) {
        const word = hasSpace ? text.slice(1) : text;
        matches.push({ id: ids[at], text, tier: word === prefix ? 0 : word.startsWith(prefix) ? 1 : 2 });
      }
    }
    return matches
      .sort((a, b) => a.tier - b.tier || a.id - b.id)
      .slice(0, limit)
      .map(({ id, text }) => ({ id, text }));
  }
}

/** Parallel arrays, by rising key. */
interface PrefixEntries {
  readonly ids: readonly number[];
  readonly texts: readonly string[];
  /** Texts without their leading space, in lower case. */
  readonly keys: readonly string[];
}

function entriesOf(tokenizer: Tokenizer): PrefixEntries {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const entries: { readonly id: number; readonly text: string; readonly key: string }[] = [];
  for (let id = 0; id < tokenizer.vocabularySize; id++) {
    const bytes = tokenizer.tokenBytes(id);
    const text = bytes.length > LONGEST_LABEL_BYTES ? undefined : textOf(bytes, decoder);
    if (text !== undefined && text !== '') {
      entries.push({ id, text, key: (text.startsWith(' ') ? text.slice(1) : text).toLowerCase() });
    }
  }
  entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id));
  return {
    ids: entries.map(({ id }) => id),
    texts: entries.map(({ text }) => text),
    keys: entries.map(({ key }) => key),
  };
}

function textOf(bytes: Uint8Array, decoder: TextDecoder): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Index of the first key that is not below `key`. */
function firstNotBelow(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
