import type { TokenRange } from '../tokenizer/encoding';
import { counted, piecesText, quotedWord, MAX_PIECES } from './phrases';
import { randomRunAt } from './randomRuns';
import type { Surprise, SurpriseSteps } from './surprise';
import { countTokens, STRETCH, TokenReader, type TokenizedText } from './tokenizedText';
import { nextRun, wordsOfRun } from './wordRanges';

/**
 * Words and names that fall into many tokens as they stand in the text, and runs of random characters, each of which is one surprise.
 *
 * @param least From how many tokens on a word is marked, 2 or more.
 */
export function* manyTokens(source: TokenizedText, least: number): SurpriseSteps {
  const { text } = source;
  const reader = new TokenReader(source);
  let rested = 0;
  /** Up to here runs are known not to be random. */
  let judgedTo = 0;
  for (let run = nextRun(text, 0); run; run = nextRun(text, run[1])) {
    const random = run[0] >= judgedTo ? randomRunAt(source, run[0]) : undefined;
    judgedTo = random?.range[1] ?? judgedTo;
    if (random?.isRandom) {
      run = random.range;
      yield randomSurprise(source, run, least);
    } else {
      for (const word of wordsOfRun(text, run)) {
        const found = wordSurprise(source, reader, word, least);
        if (found) {
          yield found;
        }
        // Where there are no spaces, a run may be the whole text.
        if (word[1] - rested >= STRETCH) {
          rested = word[1];
          yield undefined;
        }
      }
    }
    if (run[1] - rested >= STRETCH) {
      rested = run[1];
      yield undefined;
    }
  }
}

function wordSurprise(
  source: TokenizedText,
  reader: TokenReader,
  [start, end]: TokenRange,
  least: number,
): Surprise | undefined {
  // A token has at least one byte, and a UTF-16 unit at most three.
  if (3 * (end - start) < least) {
    return undefined;
  }
  const count = end - start > STRETCH ? countTokens(source, start, end) : reader.tokensOf(start, end).length;
  if (count < least) {
    return undefined;
  }
  const word = quotedWord(source.text.slice(start, end));
  const message = `${word} falls into ${counted(count, 'token')}: ${pieces(source, start, count)}`;
  return { kind: 'manyTokens', start, end, message };
}

function randomSurprise(
  source: TokenizedText,
  [start, end]: TokenRange,
  least: number,
): Surprise | undefined {
  const count = countTokens(source, start, end);
  if (count < least) {
    return undefined;
  }
  const message =
    `These ${counted(end - start, 'character')} fall into ${counted(count, 'token')}: ${pieces(source, start, count)}. ` +
    'Keys, hashes and encoded data have no words that tokens could stand for.';
  return { kind: 'manyTokens', start, end, message };
}

/** Text that surely holds the tokens that a message names, of at most 4 bytes more than a word is cut to. */
const NAMED_TEXT = 256;

function pieces(source: TokenizedText, start: number, count: number): string {
  const end = Math.min(start + NAMED_TEXT, source.text.length);
  const ids = source.tokensIn(start, end).map(({ id }) => id);
  return piecesText(source.tokenizer, ids.slice(0, Math.min(count, MAX_PIECES)), count);
}
