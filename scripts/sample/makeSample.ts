import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { cleanVectors } from './cleanVectors';
import { foldVocabulary, type FoldedVocabulary } from './foldedForms';
import { meaningRows } from './meaningRows';
import { otherRow } from './otherRows';
import { principalAxes, rotated } from './principalAxes';
import { rowOf, type TrainedVectors } from './trainedVectors';

/** Words whose mean and main directions are taken away. */
const FREQUENT_WORDS = 80_000;

/** Columns, the weakest ones, in which rows lie that no word gives a meaning. */
const OTHER_COLUMNS = 16;

export interface SampleRows {
  readonly vocabulary: FoldedVocabulary;
  /** Not rounded, on principal axes; row-major, forms × dimension. */
  readonly values: Float64Array;
  /** By form: a word of the trained vectors gives it its meaning. */
  readonly isMeant: readonly boolean[];
}

/** Lays trained vectors over GPT-2's vocabulary. @param vectors are cleaned in place */
export function makeSampleRows(vectors: TrainedVectors): SampleRows {
  const { dimension } = vectors;
  cleanVectors(vectors, FREQUENT_WORDS);
  const vocabulary = foldVocabulary(Gpt2Tokenizer.shared());
  const meanings = meaningRows(vocabulary.forms, vectors);
  const isMeant = vocabulary.forms.map((_, index) =>
    rowOf(meanings, index, dimension).some((value) => value !== 0),
  );
  const values = rotated(meanings, dimension, principalAxes(meanings, dimension));
  vocabulary.forms.forEach((form, index) => {
    if (isMeant[index] === false) {
      rowOf(values, index, dimension).set(otherRow(form, OTHER_COLUMNS), dimension - OTHER_COLUMNS);
    }
  });
  return { vocabulary, values, isMeant };
}
