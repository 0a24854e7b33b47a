import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { wordsOfText } from '../../core/tokenizer/words';
import { MAX_WORD_LENGTH } from '../tokens/wordAt';

/** UTF-16 range [start, end). */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Words that keep their split; more begin anew. Texts repeat their words. */
const MOST_KEPT = 20_000;

/** Whether a word is tokenized by itself. What is longer than a hover takes for a word is data, and tokenizing it at a stretch may take long. */
export function isCompared({ start, end }: TextRange): boolean {
  return end - start <= MAX_WORD_LENGTH;
}

/** The words of a text that are compared, in its order. */
export function* comparedWords(text: string): Generator<TextRange> {
  for (const word of wordsOfText(text)) {
    if (isCompared(word)) {
      yield word;
    }
  }
}

/** How a word is cut by tokens. */
export interface WordSplit {
  /** Tokens that hold a part of it. */
  readonly count: number;
  /** Where tokens begin or end inside of the word: UTF-16 offsets from its start, each once, ascending. */
  readonly cuts: readonly number[];
}

/** The split of a word by the tokens that hold a part of it. */
export function splitOf(tokens: readonly TextRange[], { start, end }: TextRange): WordSplit {
  const cuts = new Set<number>();
  for (const token of tokens) {
    for (const cut of [token.start, token.end]) {
      if (cut > start && cut < end) {
        cuts.add(cut - start);
      }
    }
  }
  return { count: tokens.length, cuts: [...cuts].sort((a, b) => a - b) };
}

/** Whether words are cut at the same places; a space that belongs to the first token makes no difference. */
export function areSplitAlike(a: WordSplit, b: WordSplit): boolean {
  return (
    a.count === b.count &&
    a.cuts.length === b.cuts.length &&
    a.cuts.every((cut, index) => cut === b.cuts[index])
  );
}

/** A word that is a text of its own. */
export interface BareWord {
  /** Ranges count from the word's start. */
  readonly tokens: readonly (TextRange & { readonly id: number })[];
  readonly split: WordSplit;
}

/** Splits of words that are texts of their own. */
export class BareSplits {
  private readonly known = new Map<string, BareWord>();

  constructor(readonly tokenizer: Tokenizer) {}

  of(word: string): BareWord {
    const known = this.known.get(word);
    if (known) {
      return known;
    }
    const { ids, offsets } = this.tokenizer.encodeWithOffsets(word);
    const tokens = ids.map((id, index) => {
      const [start, end] = offsets[index] ?? [0, 0];
      return { id, start, end };
    });
    const bare = { tokens, split: splitOf(tokens, { start: 0, end: word.length }) };
    if (this.known.size >= MOST_KEPT) {
      this.known.clear();
    }
    this.known.set(word, bare);
    return bare;
  }
}
