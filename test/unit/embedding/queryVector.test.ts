import assert from 'node:assert/strict';
import type { IndexedSearch } from '../../../src/core/embedding/index/indexedSearch';
import { queryVector } from '../../../src/core/embedding/queryVector';
import { indexMatrix } from './indexedMatrix';
import { gaussianMatrix, rowOf, type TestMatrix } from './testMatrix';

const TEST: TestMatrix = gaussianMatrix(50, 20, 6);
rowOf(TEST, 10).fill(0);
rowOf(TEST, 11).fill(Infinity);
rowOf(TEST, 12).set(rowOf(TEST, 13));

describe('queryVector', () => {
  let search: IndexedSearch;

  before(async () => {
    search = await indexMatrix(TEST);
  });

  const terms = [
    { weight: 1, id: 1 },
    { weight: -0.5, id: 2 },
    { weight: 2, id: 3 },
  ];

  it('is the weighted sum of unit rows, relative to the largest weight', () => {
    const vector = queryVector(search, terms, 'unit');
    const [a, b, c] = [1, 2, 3].map((id) => {
      const row = Array.from(rowOf(TEST, id));
      const norm = Math.hypot(...row);
      return row.map((value) => value / norm);
    }) as [number[], number[], number[]];
    vector.forEach((value, j) => {
      const expected = ((a[j] ?? 0) - 0.5 * (b[j] ?? 0) + 2 * (c[j] ?? 0)) / 2;
      assert.ok(Math.abs(value - expected) < 1e-15);
    });
  });

  it('is the weighted sum of the rows as they are where lengths count', () => {
    const vector = queryVector(search, terms, 'raw');
    vector.forEach((value, j) => {
      const [a, b, c] = [1, 2, 3].map((id) => rowOf(TEST, id)[j] ?? NaN) as [number, number, number];
      assert.ok(Math.abs(value - (a - 0.5 * b + 2 * c)) < 1e-14);
    });
    assert.deepEqual(
      queryVector(search, [{ weight: 2, id: 1 }], 'raw'),
      Float64Array.from(rowOf(TEST, 1), (value) => 2 * value),
    );
  });

  it('is the row itself for one token at unit length, so that its similarity with itself is exactly 1', () => {
    for (let id = 0; id < 50; id++) {
      if (id === 10 || id === 11) {
        continue;
      }
      for (const one of [
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
        const query = queryVector(search, one, 'unit');
        const found = search.search({ query, metric: 'cosine', k: 1 });
        assert.deepEqual([found.ids[0], found.scores[0]], [id === 13 ? 12 : id, 1]);
      }
      const query = queryVector(search, [{ weight: -2, id }], 'unit');
      assert.equal(search.search({ query, metric: 'cosine', k: 50 }).scores.at(-1), -1);
      const raw = queryVector(search, [{ weight: 1, id }], 'raw');
      assert.equal(search.search({ query: raw, metric: 'euclidean', k: 1 }).scores[0], 0);
    }
  });

  it('does not depend on the order of the terms', () => {
    const many = [7, 3, 9, 20, 3].map((id, i) => ({ weight: 1 / (i + 2), id }));
    for (const combination of ['unit', 'raw'] as const) {
      assert.deepEqual(
        queryVector(search, many, combination),
        queryVector(search, [...many].reverse(), combination),
      );
    }
  });

  it('is zero for no terms, for zero rows, and where equal rows cancel', () => {
    const zero = new Float64Array(20);
    for (const combination of ['unit', 'raw'] as const) {
      assert.deepEqual(queryVector(search, [], combination), zero);
      assert.deepEqual(queryVector(search, [{ weight: 1, id: 10 }], combination), zero);
      for (const other of [13, 12]) {
        const canceling = [
          { weight: 1, id: 12 },
          { weight: -1, id: other },
        ];
        assert.deepEqual(queryVector(search, canceling, combination), zero);
      }
    }
  });

  it('refuses ids outside the vocabulary, rows that are not ranked, and weights that are not finite', () => {
    for (const combination of ['unit', 'raw'] as const) {
      const refuses = (id: number, weight: number, message: RegExp): void => {
        assert.throws(() => queryVector(search, [{ weight, id }], combination), {
          name: 'RangeError',
          message,
        });
      };
      refuses(50, 1, /50 is outside the vocabulary, 0 … 49/);
      refuses(-1, 1, /-1 is outside/);
      refuses(0.5, 1, /0.5 is outside/);
      refuses(11, 1, /token id 11 holds NaN or infinity/);
      refuses(11, 0, /token id 11 holds NaN or infinity/);
      refuses(1, NaN, /weight of token id 1 is NaN/);
      refuses(1, Infinity, /weight of token id 1 is Infinity/);
    }
    const huge = [1, 2].map((id) => ({ weight: Number.MAX_VALUE, id }));
    assert.ok(queryVector(search, huge, 'unit').every(Number.isFinite));
    // Where lengths count, it cannot be searched with, and the search says so.
    const query = queryVector(search, huge, 'raw');
    assert.throws(() => search.search({ query, metric: 'dot', k: 1 }), RangeError);
  });
});
