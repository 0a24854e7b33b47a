import assert from 'node:assert/strict';
import { ExactSearch } from '../../../src/core/embedding/exactSearch';
import { scalarKernel } from '../../../src/core/embedding/kernel/scalarKernel';
import type { ScreeningMatrix } from '../../../src/core/embedding/kernel/screeningKernel';
import { createSimdKernel } from '../../../src/core/embedding/kernel/simdKernel';
import { kthLargest } from '../../../src/core/embedding/kthLargest';
import { bruteForceScores, bruteForceTop } from './bruteForce';
import {
  adversarialMatrix,
  gaussianMatrix,
  normalFrom,
  rowOf,
  seededRandom,
  type TestMatrix,
} from './testMatrix';

function fill(test: TestMatrix, kernel = createSimdKernel()): ScreeningMatrix {
  const matrix = kernel.allocate(test.rowCount, test.dimension);
  matrix.rows(0, test.rowCount).set(test.values);
  matrix.normalize(0, test.rowCount);
  return matrix;
}

type MakeQuery = (test: TestMatrix, random: () => number) => Float64Array;

function finiteRow(test: TestMatrix, random: () => number): Float64Array {
  for (;;) {
    const row = rowOf(test, Math.floor(random() * test.rowCount));
    if (row.every(Number.isFinite)) {
      return Float64Array.from(row);
    }
  }
}

function combination(...weights: number[]): MakeQuery {
  return (test, random) => {
    const sum = new Float64Array(test.dimension);
    for (const weight of weights) {
      const row = finiteRow(test, random);
      const norm = Math.hypot(...row);
      row.forEach((value, j) => {
        sum[j] = (sum[j] ?? 0) + (norm > 0 ? (weight * value) / norm : 0);
      });
    }
    return sum;
  };
}

const QUERY_KINDS: Record<string, MakeQuery> = {
  row: finiteRow,
  'negative row': (test, random) => finiteRow(test, random).map((value) => -value),
  'mean of two': combination(0.5, 0.5),
  'mean of five': combination(0.2, 0.2, 0.2, 0.2, 0.2),
  analogy: combination(1, -1, 1),
  random: (test, random) => new Float64Array(test.dimension).map(() => normalFrom(random)),
  'one dimension': (test, random) => {
    const query = new Float64Array(test.dimension);
    query[Math.floor(random() * test.dimension)] = 1;
    return query;
  },
  'tiny row': (test, random) => finiteRow(test, random).map((value) => value * 2 ** -40),
};

describe('ExactSearch', () => {
  for (const [kind, makeQuery] of Object.entries(QUERY_KINDS)) {
    it(`finds exactly what brute force finds: ${kind}`, () => {
      const random = seededRandom(kind.length * 1000 + 7);
      for (const [rowCount, dimension, queries] of [
        [300, 24, 90],
        [97, 5, 60],
        [1, 1, 2],
      ] as const) {
        const test = adversarialMatrix(rowCount, dimension, rowCount);
        const searches = [fill(test), fill(test, scalarKernel)].map((matrix) => new ExactSearch(matrix));
        for (let i = 0; i < queries; i++) {
          const query = makeQuery(test, random);
          const scores = bruteForceScores(test, query);
          for (const k of [1, 20, 200, rowCount]) {
            const expected = bruteForceTop(scores, k);
            for (const search of searches) {
              const found = search.search(query, k);
              assert.deepEqual(Array.from(found.ids), expected.ids);
              assert.deepEqual(Array.from(found.scores), expected.scores);
            }
          }
        }
      }
    });
  }

  it('finds exactly what brute force finds among 1,023 × 767, rescoring few rows', () => {
    const test = gaussianMatrix(1023, 767, 5);
    const search = new ExactSearch(fill(test));
    const random = seededRandom(6);
    for (let i = 0; i < 5; i++) {
      const query = combination(1, -1, 1)(test, random);
      const expected = bruteForceTop(bruteForceScores(test, query), 20);
      const found = search.search(query, 20);
      assert.deepEqual(Array.from(found.ids), expected.ids);
      assert.deepEqual(Array.from(found.scores), expected.scores);
      assert.ok(found.rescored < 100, `${found.rescored} rows were rescored`);
    }
  });

  it('orders ties by lower id, also across the boundary of k', () => {
    const test = gaussianMatrix(500, 33, 9);
    for (const row of [400, 3, 77, 250, 12]) {
      rowOf(test, row).set(rowOf(test, 100));
    }
    const search = new ExactSearch(fill(test));
    const query = Float64Array.from(rowOf(test, 100));
    assert.deepEqual(Array.from(search.search(query, 3).ids), [3, 12, 77]);
    assert.deepEqual(Array.from(search.search(query, 6).ids), [3, 12, 77, 100, 250, 400]);
  });

  it('gives the lowest ids for a zero query, where every row ties at 0', () => {
    const test = gaussianMatrix(60, 8, 1);
    rowOf(test, 1).fill(NaN);
    const found = new ExactSearch(fill(test)).search(new Float64Array(8), 4);
    assert.deepEqual(Array.from(found.ids), [0, 2, 3, 4]);
    assert.deepEqual(Array.from(found.scores), [0, 0, 0, 0]);
    assert.equal(found.averageSimilarity, 0);
  });

  it('averages the similarity of all ranked rows', () => {
    const test = adversarialMatrix(400, 40, 21);
    const matrix = fill(test);
    const query = finiteRow(test, seededRandom(2));
    const ranked = bruteForceScores(test, query).filter((score) => score !== -Infinity);
    const mean = ranked.reduce((sum, score) => sum + score, 0) / ranked.length;
    const { averageSimilarity } = new ExactSearch(matrix).search(query, 1);
    assert.ok(Math.abs(averageSimilarity - mean) <= matrix.errorBound);
  });

  it('finds nothing when every row holds NaN, and refuses a k below 1', () => {
    const test = gaussianMatrix(3, 4, 1);
    test.values.fill(NaN);
    const search = new ExactSearch(fill(test));
    const query = new Float64Array(4).fill(1);
    assert.deepEqual(search.search(query, 5).ids.length, 0);
    assert.throws(() => search.search(query, 0), RangeError);
    assert.throws(() => search.search(query, NaN), RangeError);
  });

  it('computes what the plain loop of a notebook computes: correlation 1.000 over all rows, the same top 20', () => {
    const test = gaussianMatrix(50257, 32, 2024);
    const query = Float64Array.from(rowOf(test, 16073));
    const loop = Array.from({ length: test.rowCount }, (_, row) => {
      let dot = 0;
      let queryLength = 0;
      let rowLength = 0;
      rowOf(test, row).forEach((value, j) => {
        dot += (query[j] ?? 0) * value;
        queryLength += (query[j] ?? 0) ** 2;
        rowLength += value ** 2;
      });
      return dot / (Math.sqrt(queryLength) * Math.sqrt(rowLength));
    });
    const matrix = fill(test);
    const search = new ExactSearch(matrix);
    const all = search.search(query, test.rowCount);
    const vectorized = new Float64Array(test.rowCount);
    all.ids.forEach((id, rank) => {
      vectorized[id] = all.scores[rank] ?? NaN;
    });
    assert.ok(correlation(loop, vectorized) > 1 - 1e-12);
    const screened = new Float32Array(test.rowCount);
    matrix.screen(query, screened);
    assert.equal(correlation(loop, screened).toFixed(3), '1.000');
    const top = Array.from(loop.keys())
      .sort((a, b) => (loop[b] ?? 0) - (loop[a] ?? 0))
      .slice(0, 20);
    assert.deepEqual(Array.from(search.search(query, 20).ids), top);
    assert.equal(top[0], 16073);
  });
});

/** Pearson's correlation. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  Array.from(a).forEach((value, i) => {
    const [x, y] = [value - meanA, (b[i] ?? NaN) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  });
  return ab / Math.sqrt(aa * bb);
}

describe('kthLargest', () => {
  it('agrees with sorting for every k, with equal values and −Infinity', () => {
    const random = seededRandom(40);
    for (const size of [1, 2, 3, 10, 257]) {
      const values = new Float32Array(size).map(() =>
        random() < 0.1 ? -Infinity : Math.floor(random() * 40) - 20,
      );
      const sorted = values.slice().sort().reverse();
      for (let k = 1; k <= size; k++) {
        assert.equal(kthLargest(values, k), sorted[k - 1]);
      }
    }
    assert.throws(() => kthLargest(new Float32Array(3), 4), RangeError);
    assert.throws(() => kthLargest(new Float32Array(3), 0), RangeError);
  });
});
