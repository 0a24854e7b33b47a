import type { TokenRange } from '../tokenizer/encoding';
import { countTokens, type TokenizedText } from './tokenizedText';

/** Base64, hexadecimal and the like, also with the signs of URLs and UUIDs: shorter runs are as likely words. */
const RUN = /[A-Za-z0-9+/_-]{32,}={0,2}/y;

const HOLDS_ALL = /^(?=.*[A-Za-z])(?=.*\d)/;

/** A run that ends before one of these ends inside a word. */
const WORD_GOES_ON = /[\p{L}\p{M}\p{N}]/uy;

/** A line of nothing else, which may be shorter, as the last one of a wrapped run is. */
const LINE = /\r?\n[ \t]*([A-Za-z0-9+/_-]+={0,2})(?=[ \t]*(?:\r?\n|$))/y;

/**
 * English and code have 3 to 4.5 characters a token, paths and long names as well; random Base64 about 1.4, random hexadecimal digits
 * about 1.6.
 */
const MAX_CHARACTERS_PER_TOKEN = 2.2;

/** A run that was looked at. */
export interface RandomRun {
  readonly range: TokenRange;
  /** Whether its tokens are as short as those of random characters. */
  readonly isRandom: boolean;
}

/**
 * Looks for a key, hash or encoded file at a place: a long run of letters and digits that falls into as many
 * tokens as random ones do.
 * One that is wrapped into lines of one length is one run.
 *
 * @returns undefined where there is no long run.
 */
export function randomRunAt(source: TokenizedText, start: number): RandomRun | undefined {
  RUN.lastIndex = start;
  if (!RUN.test(source.text)) {
    return undefined;
  }
  const end = RUN.lastIndex;
  WORD_GOES_ON.lastIndex = end;
  const isRandom =
    !WORD_GOES_ON.test(source.text) &&
    HOLDS_ALL.test(source.text.slice(start, end)) &&
    end - start < MAX_CHARACTERS_PER_TOKEN * countTokens(source, start, end);
  return { range: [start, isRandom ? endOfWrapped(source.text, start, end) : end], isRandom };
}

/** The end of a run whose first line is [start, end). */
function endOfWrapped(text: string, start: number, end: number): number {
  let lines = 1;
  let last = end;
  for (;;) {
    LINE.lastIndex = last;
    const length = LINE.exec(text)?.[1].length;
    const isFull = length === end - start;
    // A shorter line ends it; after a single line that is a word by itself.
    if (isFull || (length !== undefined && length < end - start && lines > 1)) {
      last = LINE.lastIndex;
      lines++;
    }
    if (!isFull) {
      return last;
    }
  }
}
