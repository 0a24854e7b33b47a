/** UTF-16 range [start, end) of a text. */
export interface WordRange {
  readonly start: number;
  readonly end: number;
}

/** A run of characters that words are made of. */
export interface WordRun extends WordRange {
  /** Where its word begins: behind marks that stand on nothing of it. `end`, where it is marks only, and no word. */
  readonly wordStart: number;
}

const WORD_CHARACTERS = /[\p{L}\p{M}\p{N}_]+/gu;
const BEGINS_WORD = /[\p{L}\p{N}_]/u;

/** The runs of word characters of a text, in its order. Of a text that is cut, a run at the cut may go on behind it. */
export function* wordRuns(text: string): Generator<WordRun, undefined, undefined> {
  for (const { 0: run, index } of text.matchAll(WORD_CHARACTERS)) {
    const marks = run.search(BEGINS_WORD);
    const end = index + run.length;
    yield { start: index, end, wordStart: marks < 0 ? end : index + marks };
  }
  return undefined;
}

/**
 * The words of a text as all that count words take them, in its order: letters with their marks, digits and underscores. `don't` is two,
 * `snake_case` and `x1` are one each.
 */
export function* wordsOfText(text: string): Generator<WordRange, undefined, undefined> {
  for (const { wordStart, end } of wordRuns(text)) {
    if (wordStart < end) {
      yield { start: wordStart, end };
    }
  }
  return undefined;
}
