import type { DocumentToken } from '../tokenizer/documentTokens';
import type { Tokenizer } from '../tokenizer/tokenizer';

/** A text that is tokenized as a whole, as the rules of surprises see it. */
export interface TokenizedText {
  readonly text: string;
  readonly tokenizer: Tokenizer;

  /** The tokens that hold a part of [start, end), UTF-16 offsets, in the order of the text. */
  tokensIn(start: number, end: number): readonly DocumentToken[];
}

/**
 * UTF-16 units after which a rule lets others work: half a chunk of a document's tokens, so that a step tokenizes one or two of them, which
 * takes under 5 ms also where most characters are two or three tokens, as in Chinese.
 *
 * What cannot be cut is tokenized at a stretch all the same by the first step that comes to it: a pre-token of a megabyte (letters,
 * digits, dashes or spaces without anything between them) takes some tenths of a second, once, and whoever shows its tokens waits as
 * long. A megabyte without a letter, or of nothing else, is passed over by one regular expression in 20 ms.
 */
export const STRETCH = 512;

/** How many tokens hold a part of [start, end), which is not empty. Does not walk them. */
export function countTokens(source: TokenizedText, start: number, end: number): number {
  const first = source.tokensIn(start, start + 1).at(0);
  const last = source.tokensIn(end - 1, end).at(-1);
  return first && last ? last.index - first.index + 1 : 0;
}

/** Hands out the tokens of places that are asked for from the beginning of a text to its end, a stretch of them at a time. */
export class TokenReader {
  private tokens: readonly DocumentToken[] = [];
  /** The first token that a later place can hold. */
  private next = 0;
  private fetchedTo = 0;

  constructor(private readonly source: TokenizedText) {}

  /**
   * The tokens that hold a part of [start, end).
   *
   * @param start Not before that of the question before.
   * @param end At most {@link STRETCH} after the start.
   */
  tokensOf(start: number, end: number): readonly DocumentToken[] {
    if (end > this.fetchedTo) {
      this.fetchedTo = Math.min(start + 2 * STRETCH, this.source.text.length);
      this.tokens = this.source.tokensIn(start, this.fetchedTo);
      this.next = 0;
    }
    while (this.next < this.tokens.length && this.tokens[this.next].end <= start) {
      this.next++;
    }
    let last = this.next;
    while (last < this.tokens.length && this.tokens[last].start < end) {
      last++;
    }
    return this.tokens.slice(this.next, last);
  }
}
