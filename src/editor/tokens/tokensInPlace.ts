import type { Encoding } from '../../core/tokenizer/encoding';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { WordContext } from '../../protocol/panelMessages';

/** A range of UTF-16 positions in one line, end excluded. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** How far before and after a word its line is tokenized at most: long lines must not make a hover slow, which does that at a stretch. */
const MAX_CONTEXT = 1_000;

/** White space for every pre-tokenizer alike: others (U+0085, U+FEFF) count differently here and there. */
const PLAIN_SPACE = /[ \t]/;
const MAYBE_SPACE = /[\s\u0085]/;

/**
 * A word in its line, cut to what decides its tokens.
 *
 * A line is enough context: the pre-tokenizer never joins a line break with what follows it, other than white space. In a
 * long line the context starts where white space follows another character, because a pre-token always starts there.
 *
 * @param lineNumber Counted from 1.
 * @returns undefined where no such start is near enough to be sure of the tokens.
 */
export function wordContext(line: string, word: LineRange, lineNumber: number): WordContext | undefined {
  const start = contextStart(line, word.start);
  if (start === undefined || word.end - word.start > MAX_CONTEXT) {
    return undefined;
  }
  return {
    text: line.slice(start, contextEnd(line, word.end)),
    start: word.start - start,
    end: word.end - start,
    line: lineNumber,
  };
}

/** The tokens that hold a part of a word as it stands in its line; the first may begin with the space before it. */
export function tokensInPlace(tokenizer: Tokenizer, { text, start, end }: WordContext): number[] {
  return idsWithin(tokenizer.encodeWithOffsets(text), start, end);
}

/** Whether white space follows another character, so that every pre-tokenizer starts a pre-token here. */
export function startsPreToken(text: string, position: number): boolean {
  return PLAIN_SPACE.test(text.charAt(position)) && !MAYBE_SPACE.test(text.charAt(position - 1));
}

function contextStart(line: string, wordStart: number): number | undefined {
  const earliest = Math.max(0, wordStart - MAX_CONTEXT);
  if (earliest === 0) {
    return 0;
  }
  for (let position = earliest; position < wordStart; position++) {
    if (startsPreToken(line, position)) {
      return position;
    }
  }
  return undefined;
}

/** The word's last pre-token may go on behind it. */
function contextEnd(line: string, wordEnd: number): number {
  let end = wordEnd;
  while (end < line.length && end - wordEnd < MAX_CONTEXT && !PLAIN_SPACE.test(line.charAt(end))) {
    end++;
  }
  return end;
}

function idsWithin({ ids, offsets }: Encoding, start: number, end: number): number[] {
  return ids.filter((_, index) => {
    const offset = offsets[index];
    return offset !== undefined && offset[0] < end && offset[1] > start;
  });
}
