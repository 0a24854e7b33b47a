import assert from 'node:assert/strict';
import type { FoldedForm } from '../../../scripts/sample/foldedForms';
import { otherRow } from '../../../scripts/sample/otherRows';

/** As many as the sample vectors have for meaning. */
const DIMENSION = 100;

const rowOf = (text: string, isText = true): Float64Array =>
  otherRow({ text, isText, beginsWords: false } satisfies FoldedForm, DIMENSION);

function cosine(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array): number =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe('made-up rows of the sample vectors, for what is no word', () => {
  it('are the same each time, and less certain than a word', () => {
    assert.deepEqual(rowOf('1984'), rowOf('1984'));
    for (const row of [rowOf('7'), rowOf('%'), rowOf('語'), rowOf('\xe8\xaa', false)]) {
      assert.ok(Math.abs(Math.hypot(...row) - 0.8) < 1e-12);
    }
  });

  it('are the nearer the more they have in common', () => {
    const nearer: readonly (readonly [of: string, than: string, other: string])[] = [
      ['1984', '1985', '1999'],
      ['1984', '1999', '2001'],
      ['1984', '2001', '7'],
      ['1984', '7', '%'],
      ['語言', '語', '本'],
      ['語言', '本', 'ж'],
      ['==', '=', '%'],
    ];
    for (const [of, near, far] of nearer) {
      assert.ok(
        cosine(rowOf(of), rowOf(near)) > cosine(rowOf(of), rowOf(far)),
        `${of}: ${near} before ${far}`,
      );
    }
  });

  it('tell bytes from text, and different texts apart', () => {
    assert.ok(cosine(rowOf('é'), rowOf('é', false)) < 0.5);
    assert.ok(cosine(rowOf('語'), rowOf('言')) < 0.8);
    assert.ok(
      cosine(rowOf('\xe8\xaa', false), rowOf('\xe8', false)) >
        cosine(rowOf('\xe8\xaa', false), rowOf('\xf0', false)),
    );
  });
});
