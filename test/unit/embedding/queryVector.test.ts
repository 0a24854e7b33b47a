import assert from 'node:assert/strict';
import { ExactSearch } from '../../../src/core/embedding/exactSearch';
import type { ScreeningMatrix } from '../../../src/core/embedding/kernel/screeningKernel';
import { createSimdKernel } from '../../../src/core/embedding/kernel/simdKernel';
import { queryVector } from '../../../src/core/embedding/queryVector';
import { gaussianMatrix, rowOf, type TestMatrix } from './testMatrix';

const TEST: TestMatrix = gaussianMatrix(50, 20, 6);
rowOf(TEST, 10).fill(0);
rowOf(TEST, 11).fill(Infinity);
rowOf(TEST, 12).set(rowOf(TEST, 13));

function filled(): ScreeningMatrix {
  const matrix = createSimdKernel().allocate(50, 20);
  matrix.rows(0, 50).set(TEST.values);
  matrix.normalize(0, 50);
  return matrix;
}

describe('queryVector', () => {
  it('is the weighted sum of unit rows', () => {
    const vector = queryVector(filled(), [
      { weight: 1, id: 1 },
      { weight: -0.5, id: 2 },
      { weight: 2, id: 3 },
    ]);
    const [a, b, c] = [1, 2, 3].map((id) => {
      const row = Array.from(rowOf(TEST, id));
      const norm = Math.hypot(...row);
      return row.map((value) => value / norm);
    }) as [number[], number[], number[]];
    // Relative to the largest weight.
    vector.forEach((value, j) => {
      const expected = ((a[j] ?? 0) - 0.5 * (b[j] ?? 0) + 2 * (c[j] ?? 0)) / 2;
      assert.ok(Math.abs(value - expected) < 1e-15);
    });
  });

  it('is the row itself for one token, so that its similarity with itself is exactly 1', () => {
    const matrix = filled();
    const search = new ExactSearch(matrix);
    for (let id = 0; id < 50; id++) {
      if (id === 10 || id === 11) {
        continue;
      }
      for (const terms of [
        [{ weight: 1, id }],
        [
          { weight: 1 / 3, id },
          { weight: 1 / 3, id },
          { weight: 1 / 3, id },
        ],
        [
          { weight: 0, id: 4 },
          { weight: 0.1, id },
        ],
      ]) {
        const found = search.search(queryVector(matrix, terms), 1);
        assert.deepEqual([found.ids[0], found.scores[0]], [id === 13 ? 12 : id, 1]);
      }
      const [opposite] = search.search(queryVector(matrix, [{ weight: -2, id }]), 50).scores.slice(-1);
      assert.equal(opposite, -1);
    }
  });

  it('does not depend on the order of the terms', () => {
    const matrix = filled();
    const terms = [7, 3, 9, 20, 3].map((id, i) => ({ weight: 1 / (i + 2), id }));
    assert.deepEqual(queryVector(matrix, terms), queryVector(matrix, [...terms].reverse()));
  });

  it('is zero for no terms, for zero rows, and where equal rows cancel', () => {
    const matrix = filled();
    const zero = new Float64Array(20);
    assert.deepEqual(queryVector(matrix, []), zero);
    assert.deepEqual(queryVector(matrix, [{ weight: 1, id: 10 }]), zero);
    assert.deepEqual(
      queryVector(matrix, [
        { weight: 1, id: 12 },
        { weight: -1, id: 13 },
      ]),
      zero,
    );
    assert.deepEqual(
      queryVector(matrix, [
        { weight: 1, id: 5 },
        { weight: -1, id: 5 },
      ]),
      zero,
    );
  });

  it('refuses ids outside the vocabulary, rows that are not ranked, and weights that are not finite', () => {
    const matrix = filled();
    assert.throws(() => queryVector(matrix, [{ weight: 1, id: 50 }]), { name: 'RangeError', message: /50/ });
    assert.throws(() => queryVector(matrix, [{ weight: 1, id: 11 }]), { name: 'RangeError', message: /11/ });
    assert.throws(() => queryVector(matrix, [{ weight: NaN, id: 1 }]), RangeError);
    assert.ok(
      queryVector(matrix, [
        { weight: Number.MAX_VALUE, id: 1 },
        { weight: Number.MAX_VALUE, id: 2 },
      ]).every(Number.isFinite),
    );
  });
});
