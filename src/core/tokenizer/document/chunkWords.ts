import type { Encoding } from '../encoding';

/** The words of one chunk, counted as if the chunk were a text of its own, and what is needed to join it to its neighbors. */
export interface ChunkWords {
  readonly words: number;
  readonly singleTokenWords: number;
  /** The letters and marks that the chunk begins with, if it does. They go on a word that reaches the end of the text before. */
  readonly leading: Run | undefined;
  /** The word that reaches the chunk's end, if one does. */
  readonly trailing: Run | undefined;
  /** Whether the chunk is nothing but one run of letters and marks. */
  readonly isOneRun: boolean;
}

/** What a run of letters and marks was counted as. */
interface Run {
  readonly words: 0 | 1;
  readonly singleTokenWords: 0 | 1;
}

const LETTERS_AND_MARKS = /[\p{L}\p{M}]+/gu;
const FIRST_LETTER = /\p{L}/u;
const SPACE = ' ';

/** @param encoding The tokens of `text`. */
export function wordsOf(text: string, encoding: Encoding): ChunkWords {
  let words = 0;
  let singleTokenWords = 0;
  let leading: Run | undefined;
  let trailing: Run | undefined;
  let isOneRun = false;
  const tokens = new TokenWalk(text, encoding);
  for (const { 0: run, index } of text.matchAll(LETTERS_AND_MARKS)) {
    const end = index + run.length;
    const marksBefore = run.search(FIRST_LETTER);
    const isWord = marksBefore >= 0;
    const isSingle = isWord && tokens.isOneToken(index + marksBefore, end);
    const counted: Run = { words: isWord ? 1 : 0, singleTokenWords: isSingle ? 1 : 0 };
    words += counted.words;
    singleTokenWords += counted.singleTokenWords;
    if (index === 0) {
      leading = counted;
    }
    if (end === text.length) {
      trailing = isWord ? counted : undefined;
      isOneRun = index === 0;
    }
  }
  return { words, singleTokenWords, leading, trailing, isOneRun };
}

/** Goes through the tokens of a text along with its words. */
class TokenWalk {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly encoding: Encoding,
  ) {}

  /** Whether one token stands for `text[start, end)`, or for that and the space before it. To be asked from left to right. */
  isOneToken(start: number, end: number): boolean {
    const { offsets } = this.encoding;
    while (this.at < offsets.length && offsets[this.at][1] < end) {
      this.at++;
    }
    if (this.at === offsets.length) {
      return false;
    }
    const [tokenStart, tokenEnd] = offsets[this.at];
    const hasStart = tokenStart === start || (tokenStart === start - 1 && this.text[tokenStart] === SPACE);
    // Tokens that share a character have overlapping ranges: none of them is the whole word.
    const previousEnd = this.at > 0 ? offsets[this.at - 1][1] : tokenStart;
    const nextStart = this.at + 1 < offsets.length ? offsets[this.at + 1][0] : tokenEnd;
    return hasStart && tokenEnd === end && previousEnd <= tokenStart && nextStart >= tokenEnd;
  }
}

/** Adds up the words of neighboring chunks. A word that reaches over a cut is at least two tokens. */
export class WordSum {
  words = 0;
  singleTokenWords = 0;
  /** The word that reaches the end of what has been added, as it was counted. */
  private open: Run | undefined;

  add(chunk: ChunkWords): void {
    this.words += chunk.words;
    this.singleTokenWords += chunk.singleTokenWords;
    const { open } = this;
    const { leading } = chunk;
    if (open === undefined || leading === undefined) {
      this.open = chunk.trailing;
      return;
    }
    this.words -= leading.words;
    this.singleTokenWords -= leading.singleTokenWords + open.singleTokenWords;
    this.open = chunk.isOneRun ? { words: 1, singleTokenWords: 0 } : chunk.trailing;
  }
}
