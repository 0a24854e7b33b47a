import { wordsOfText, type WordRange } from '../../core/tokenizer/words';
import { areSplitAlike, isCompared, splitOf, type BareSplits, type TextRange } from './wordSplits';

/** How many words of a text are split otherwise alone than where they stand. */
export interface SplitSummary {
  readonly words: number;
  readonly different: number;
}

/** Counts the words of a text, a slice at a time. */
export class SplitCount {
  private words = 0;
  private different = 0;
  private readonly rest: Generator<WordRange, undefined>;

  /** @param tokensIn The tokens of the text; undefined where they are not known. */
  constructor(
    private readonly text: string,
    private readonly bare: BareSplits,
    private readonly tokensIn: (start: number, end: number) => readonly TextRange[] | undefined,
  ) {
    this.rest = wordsOfText(text);
  }

  /** @returns undefined while it is not done: the next call goes on. */
  advance(mayGoOn: () => boolean): SplitSummary | undefined {
    do {
      const next = this.rest.next();
      if (next.done === true) {
        return { words: this.words, different: this.different };
      }
      const word = next.value;
      this.words++;
      if (isCompared(word) && !this.isAlike(word)) {
        this.different++;
      }
    } while (mayGoOn());
    return undefined;
  }

  private isAlike(word: TextRange): boolean {
    const inPlace = splitOf(this.tokensIn(word.start, word.end) ?? [], word);
    return areSplitAlike(inPlace, this.bare.of(this.text.slice(word.start, word.end)).split);
  }
}

export function summaryText({ words, different }: SplitSummary): string {
  const count = (value: number): string => value.toLocaleString('en-US');
  if (words === 0) {
    return 'no words';
  }
  return `${count(different)} of ${count(words)} ${words === 1 ? 'word' : 'words'} split differently alone`;
}
