import assert from 'node:assert/strict';
import { foldVocabulary } from '../../../scripts/sample/foldedForms';
import { meaningRows } from '../../../scripts/sample/meaningRows';
import { FORM_BITS } from '../../../src/core/sampleVectors/sampleForm';

const TOKENS = ['Mike', ' Mike', ' mike', 'MIKE', 'mike', ' Ethiop', 'ing', 'é', '7'];

const vocabulary = foldVocabulary({
  vocabularySize: TOKENS.length + 1,
  tokenBytes: (id) => (id < TOKENS.length ? new TextEncoder().encode(TOKENS[id]) : Uint8Array.of(0xe8, 0xaa)),
});

describe('folding of the sample vectors', () => {
  it('gives spellings that differ in space and case one row, and says what was folded away', () => {
    assert.deepEqual(
      vocabulary.forms.map(({ text, isText, beginsWords }) => [text, isText, beginsWords]),
      [
        ['mike', true, true],
        ['ethiop', true, true],
        ['ing', true, false],
        ['é', true, false],
        ['7', true, false],
        ['\xe8\xaa', false, false],
      ],
    );
    assert.deepEqual([...vocabulary.rows], [0, 0, 0, 0, 0, 1, 2, 3, 4, 5]);
    const { space, capital, upper } = FORM_BITS;
    assert.deepEqual(
      [...vocabulary.spellings],
      [capital, space | capital, space, upper, 0, space | capital, 0, 0, 0, 0],
    );
  });
});

describe('meanings of the sample vectors', () => {
  // Two values each: easy to follow by hand.
  const words = ['the', 'mike', 'ethiopia', 'running', 'ethiopian', 'singer'];
  const values = Float64Array.of(1, 0, 0, 1, 0.6, 0.8, 1, 0, 0.8, 0.6, 0, -1);
  const meanings = meaningRows(vocabulary.forms, { words, values, dimension: 2 });
  const meaningOf = (text: string): number[] => {
    const row = vocabulary.forms.findIndex((form) => form.text === text);
    return [...meanings.subarray(2 * row, 2 * row + 2)];
  };

  it('are a word’s own vector where that is trusted', () => {
    assert.deepEqual(meaningOf('mike'), [0, 1]);
  });

  it('are the mean of the words that a piece begins, the more frequent ones more', () => {
    const first = 1 / (2 + 20);
    const second = 1 / (4 + 20);
    const mean = [0, 1].map(
      (axis) => (([0.6, 0.8][axis] ?? 0) * first + ([0.8, 0.6][axis] ?? 0) * second) / (first + second),
    );
    meaningOf('ethiop').forEach((value, axis) => {
      assert.ok(Math.abs(value - (mean[axis] ?? 0)) < 1e-12);
    });
  });

  it('are the mean of the words that a piece ends, not of those that it stands in', () => {
    assert.deepEqual(meaningOf('ing'), [1, 0]);
  });

  it('are none where no word has the piece, nor of numbers and cut bytes', () => {
    for (const text of ['é', '7', '\xe8\xaa']) {
      assert.deepEqual(meaningOf(text), [0, 0]);
    }
  });

  it('count a rare word thirty times among those that it begins', () => {
    const padding = Array.from({ length: 80_000 }, (_, i) => `x${String(i)}`);
    const many = [...padding, 'ethiop', 'ethiopia'];
    const manyValues = new Float64Array(2 * many.length);
    manyValues.set([0, 1, 1, 0], 2 * padding.length);
    const rare = meaningRows(vocabulary.forms, { words: many, values: manyValues, dimension: 2 });
    const own = 30 / (80_000 + 20);
    const other = 1 / (80_001 + 20);
    assert.ok(Math.abs((rare[3] ?? 0) - own / (own + other)) < 1e-12);
  });
});
