import type { FoldedForm } from './foldedForms';
import { rowOf, type TrainedVectors } from './trainedVectors';

/** Ranks below which a word's own vector is trusted: of one that stands alone somewhere, and of one that may only end others. */
const TRUSTED_BEGINNING = 80_000;
const TRUSTED_ENDING = 20_000;

/** Words that a piece is looked for in, and how many of those that have it count. */
const SEARCHED_WORDS = 200_000;
const MOST_WORDS = 150;

/** The weight of a word is 1 / (rank + 20): between an even mean and Zipf's law. A rare word itself counts this often. */
const RANK_OFFSET = 20;
const OWN_WEIGHT = 30;

/**
 * The meaning of each folded form: its word's own vector where that is trusted; else the weighted mean of the words that it begins
 * (where some token of it begins words) or ends. A mean is not scaled: its length, from 0 to 1, says how sure it is.
 *
 * @param vectors Of unit length.
 * @returns row-major, forms × dimension; zeros for a form that no word has
 */
export function meaningRows(forms: readonly FoldedForm[], vectors: TrainedVectors): Float64Array {
  const { words, values, dimension } = vectors;
  const ranks = new Map(words.map((word, rank) => [word, rank]));
  const begun = wordsWith(forms, words, (form) => form.beginsWords, beginnings);
  const ended = wordsWith(forms, words, (form) => !form.beginsWords, endings);
  const meanings = new Float64Array(forms.length * dimension);
  forms.forEach(({ text, isText, beginsWords }, index) => {
    if (!isText) {
      return;
    }
    const own = ranks.get(text);
    const meaning = rowOf(meanings, index, dimension);
    if (own !== undefined && own < (beginsWords ? TRUSTED_BEGINNING : TRUSTED_ENDING)) {
      meaning.set(rowOf(values, own, dimension));
      return;
    }
    const weights = new Map<number, number>();
    for (const rank of (beginsWords ? begun : ended).get(text) ?? []) {
      weights.set(rank, 1 / (rank + RANK_OFFSET));
    }
    if (own !== undefined) {
      weights.set(own, OWN_WEIGHT / (own + RANK_OFFSET));
    }
    addMean(meaning, weights, vectors);
  });
  return meanings;
}

function addMean(target: Float64Array, weights: ReadonlyMap<number, number>, vectors: TrainedVectors): void {
  let total = 0;
  for (const weight of weights.values()) {
    total += weight;
  }
  for (const [rank, weight] of weights) {
    rowOf(vectors.values, rank, vectors.dimension).forEach((value, i) => {
      target[i] = (target[i] ?? 0) + (value * weight) / total;
    });
  }
}

/** The ranks of the first words that have a form as one of their parts, by the form's text. */
function wordsWith(
  forms: readonly FoldedForm[],
  words: readonly string[],
  isMeant: (form: FoldedForm) => boolean,
  parts: (word: string) => Iterable<string>,
): Map<string, number[]> {
  const found = new Map<string, number[]>(
    forms.filter((form) => form.isText && isMeant(form) && isWord(form.text)).map(({ text }) => [text, []]),
  );
  words.slice(0, SEARCHED_WORDS).forEach((word, rank) => {
    for (const part of parts(word)) {
      const ranks = found.get(part);
      if (ranks && ranks.length < MOST_WORDS) {
        ranks.push(rank);
      }
    }
  });
  return found;
}

/** A hyphen or a quotation mark begins words too, and says nothing about them. */
function isWord(text: string): boolean {
  return /^\p{L}[\p{L}\p{M}]*$/u.test(text);
}

function* beginnings(word: string): Iterable<string> {
  for (let length = 1; length <= word.length; length++) {
    yield word.slice(0, length);
  }
}

function* endings(word: string): Iterable<string> {
  for (let start = 0; start < word.length; start++) {
    yield word.slice(start);
  }
}
