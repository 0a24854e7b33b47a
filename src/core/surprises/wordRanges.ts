import type { TokenRange } from '../tokenizer/encoding';

/** Letters, digits and underscores as names in code have them, with combining marks and the joiners that scripts need. */
const RUN = /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_\u200c\u200d]*/gu;

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Scripts that are written without a sign between words: a run of their letters is a sentence, no word. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;

/** UTF-16 units of a run without spaces whose words are looked for at once: longer than sentences are. */
const MAX_SENTENCE = 1_000;

let segmenter: Intl.Segmenter | undefined;

/**
 * The first run of letters, digits and underscores at or after a place.
 *
 * @returns undefined where none follows.
 */
export function nextRun(text: string, from: number): TokenRange | undefined {
  RUN.lastIndex = from;
  const match = RUN.exec(text);
  return match ? [match.index, RUN.lastIndex] : undefined;
}

/**
 * The words of a run: the run itself, or, where its script has no spaces, the words that Unicode's text segmentation (UAX #29, with the
 * dictionaries of the JavaScript engine) finds in it.
 */
export function* wordsOfRun(text: string, [start, end]: TokenRange): Generator<TokenRange> {
  const run = text.slice(start, end);
  if (UNSPACED.test(run)) {
    yield* segments(text, start, end);
  } else if (LETTER_OR_DIGIT.test(run)) {
    yield [start, end];
  }
}

function* segments(text: string, start: number, end: number): Generator<TokenRange> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  for (let from = start; from < end; from += MAX_SENTENCE) {
    const part = text.slice(from, Math.min(from + MAX_SENTENCE, end));
    for (const { segment, index, isWordLike } of segmenter.segment(part)) {
      if (isWordLike === true) {
        yield [from + index, from + index + segment.length];
      }
    }
  }
}
