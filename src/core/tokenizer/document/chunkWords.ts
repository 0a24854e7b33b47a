import type { Encoding } from '../encoding';
import { wordRuns } from '../words';

/** The words of one chunk, counted as if the chunk were a text of its own, and what is needed to join it to its neighbors. */
export interface ChunkWords {
  readonly words: number;
  readonly singleTokenWords: number;
  /** The run of word characters that the chunk begins with, if it does. It goes on a word that reaches the end of the text before. */
  readonly leading: Run | undefined;
  /** The word that reaches the chunk's end, if one does. */
  readonly trailing: Run | undefined;
  /** Whether the chunk is nothing but one run of word characters. */
  readonly isOneRun: boolean;
}

/** What a run of word characters was counted as. */
interface Run {
  readonly words: 0 | 1;
  readonly singleTokenWords: 0 | 1;
}

const SPACE = ' ';

/** @param encoding The tokens of `text`. */
export function wordsOf(text: string, encoding: Encoding): ChunkWords {
  let words = 0;
  let singleTokenWords = 0;
  let leading: Run | undefined;
  let trailing: Run | undefined;
  let isOneRun = false;
  const tokens = new TokenWalk(text, encoding);
  for (const { start, wordStart, end } of wordRuns(text)) {
    const isWord = wordStart < end;
    const isSingle = isWord && tokens.isOneToken(wordStart, end);
    const counted: Run = { words: isWord ? 1 : 0, singleTokenWords: isSingle ? 1 : 0 };
    words += counted.words;
    singleTokenWords += counted.singleTokenWords;
    if (start === 0) {
      leading = counted;
    }
    if (end === text.length) {
      trailing = isWord ? counted : undefined;
      isOneRun = start === 0;
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
