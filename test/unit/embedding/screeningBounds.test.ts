import assert from 'node:assert/strict';
import type { IndexedSearch } from '../../../src/core/embedding/index/indexedSearch';
import { BruteForce, ORACLE_METRICS, type OracleMetric } from './bruteForce';
import { HARD_MATRICES } from './hardMatrices';
import { indexMatrix, loopOver } from './indexedMatrix';
import { anyRow, isSearchable, QUERY_KINDS } from './queryKinds';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { onEachKernel } from '../../fixtures/kernel/onEachKernel';
import { adversarialMatrix, gaussianMatrix, normalFrom, rowOf, type TestMatrix } from './testMatrix';

/** Fails unless the exact score of each row is within its bounds. Returns the widths of the bounds. */
function checkBounds(
  index: IndexedSearch,
  oracle: BruteForce,
  query: Float64Array,
  metric: OracleMetric,
  name: string,
): number[] {
  const scores = oracle.scores(query, metric);
  const { lower, upper } = index.bounds(query, metric);
  return Array.from(scores, (score, row) => {
    const [low, high] = [lower[row] ?? NaN, upper[row] ?? NaN];
    const isWithin = Number.isNaN(score)
      ? Number.isNaN(low) && Number.isNaN(high)
      : low <= score && score <= high;
    assert.ok(isWithin, `${name}, ${metric}, row ${row}: ${score} is not within ${low} … ${high}`);
    // Where nearly nothing is known, it is still known what a cosine can be.
    assert.ok(metric === 'dot' || metric === 'euclidean' || !(low < -1 || high > 1), `${low} … ${high}`);
    return high - low;
  }).filter((width) => !Number.isNaN(width));
}

function median(values: readonly number[]): number {
  return Array.from(values).sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Mean score of the ranked rows; of distances the root of the mean square. */
function meanScore(scores: Float64Array, metric: OracleMetric): number {
  const ranked = scores.filter((score) => !Number.isNaN(score));
  const isSquared = metric === 'euclidean';
  const mean =
    ranked.reduce((sum, score) => sum + (isSquared ? score * score : score), 0) / Math.max(1, ranked.length);
  return isSquared ? Math.sqrt(mean) : mean;
}

onEachKernel('screening bounds', () => {
  for (const [name, make] of Object.entries(HARD_MATRICES)) {
    it(`hold the exact score of every row: ${name}`, async () => {
      const matrix = make();
      const [index, oracle] = [await indexMatrix(matrix), new BruteForce(matrix)];
      const random = seededRandom(3 * matrix.rowCount + matrix.dimension);
      for (const [kind, makeQuery] of Object.entries(QUERY_KINDS)) {
        const query = makeQuery(matrix, random);
        for (const metric of isSearchable(query) ? ORACLE_METRICS : []) {
          checkBounds(index, oracle, query, metric, `${name}, ${kind}`);
        }
      }
    });
  }

  it('hold it where all roundings pull in one direction, in few and in many dimensions', async () => {
    for (const dimension of [1, 15, 16, 17, 768, 4096, 16384]) {
      const random = seededRandom(dimension);
      const matrix = gaussianMatrix(24, dimension, dimension);
      for (let row = 0; row < matrix.rowCount; row++) {
        // All terms positive and of like size: no error is canceled by another. Of every third, all codes are largest.
        const values = rowOf(matrix, row);
        values.forEach((_, j) => {
          values[j] = row % 3 === 0 ? 1 + row * 2 ** -23 : row % 3 === 1 ? 1 + random() * 2 ** -10 : random();
        });
      }
      const [index, oracle] = [await indexMatrix(matrix), new BruteForce(matrix)];
      for (let repetition = 0; repetition < 4; repetition++) {
        const query = new Float64Array(dimension).map(() => 1 + random() * 2 ** -(3 * repetition));
        for (const metric of ORACLE_METRICS) {
          checkBounds(index, oracle, query, metric, `${dimension} dimensions`);
        }
      }
    }
  });

  it('hold it, and rows are found, in more dimensions than any model has', async () => {
    for (const dimension of [40_000, 131_072, 131_073, 300_000]) {
      const random = seededRandom(dimension);
      // Rows and their negatives have the center 0, so all values get the largest code.
      const matrix = gaussianMatrix(8, dimension, 1);
      for (let row = 0; row < 8; row += 2) {
        rowOf(matrix, row).forEach((_, j, values) => {
          values[j] = random() < 0.5 ? -1 : 1;
        });
        rowOf(matrix, row + 1).set(rowOf(matrix, row).map((value) => -value));
      }
      const [index, oracle] = [await indexMatrix(matrix), new BruteForce(matrix)];
      const query = anyRow(matrix, random);
      for (const metric of ORACLE_METRICS) {
        checkBounds(index, oracle, query, metric, `${dimension} dimensions`);
        const expected = oracle.ranking(oracle.scores(query, metric), metric);
        const found = index.search({ query, metric, k: 8 });
        assert.deepEqual([Array.from(found.ids), Array.from(found.scores)], [expected.ids, expected.scores]);
      }
    }
  });

  describe('of Gaussian rows of 768 dimensions', () => {
    const matrix = gaussianMatrix(800, 768, 31);
    const random = seededRandom(32);
    const queries = Array.from({ length: 6 }, (_, i) =>
      i % 2 === 0 ? anyRow(matrix, random) : new Float64Array(768).map(() => normalFrom(random)),
    );

    it('are narrow', async () => {
      const [index, oracle] = [await indexMatrix(matrix), new BruteForce(matrix)];
      for (const query of queries) {
        const length = Math.hypot(...query);
        const rowLength = median(Array.from({ length: 800 }, (_, row) => Math.hypot(...rowOf(matrix, row))));
        const widths = (metric: OracleMetric): number =>
          median(checkBounds(index, oracle, query, metric, 'Gaussian'));
        assert.ok(widths('cosine') < 0.03, `${widths('cosine')}`);
        assert.ok(widths('centered') < 0.03);
        assert.ok(widths('dot') < 0.03 * length * rowLength);
        assert.ok(widths('euclidean') < 0.03 * rowLength);
      }
    });

    it('let few rows through to be scored exactly', async () => {
      const index = await indexMatrix(matrix);
      for (const query of queries) {
        for (const metric of ORACLE_METRICS) {
          const found = index.search({ query, metric, k: 20 });
          assert.ok(found.rescored <= 200, `${found.rescored} rows were scored`);
        }
      }
    });

    it('are used: errors reach a good part of them in few dimensions', async () => {
      // The test can fail: in few dimensions Cauchy and Schwarz are nearly equal.
      const small = gaussianMatrix(4000, 2, 33);
      const [index, oracle] = [await indexMatrix(small), new BruteForce(small)];
      const query = Float64Array.of(0.3, 0.7);
      const scores = oracle.scores(query, 'cosine');
      const { lower, upper } = index.bounds(query, 'cosine');
      let closest = 0;
      scores.forEach((score, row) => {
        const [low, high] = [lower[row] ?? NaN, upper[row] ?? NaN];
        if (low > -1 && high < 1) {
          closest = Math.max(closest, Math.abs(2 * score - low - high) / (high - low));
        }
      });
      assert.ok(closest > 0.9 && closest <= 1, `${closest}`);
    });
  });
});

onEachKernel('scores of all rows', () => {
  const matrices: Record<string, TestMatrix> = {
    'Gaussian rows': gaussianMatrix(900, 96, 41),
    'adversarial rows': adversarialMatrix(900, 40, 42),
    'no ranked row': { rowCount: 3, dimension: 2, values: new Float32Array(6).fill(NaN) },
  };
  for (const [name, matrix] of Object.entries(matrices)) {
    it(`are the middles of their bounds, and average as the exact ones do: ${name}`, async () => {
      const [index, oracle, loop] = [await indexMatrix(matrix), new BruteForce(matrix), loopOver(matrix)];
      const random = seededRandom(43);
      const zero = new Float64Array(matrix.dimension);
      for (const query of [anyRow(matrix, random), zero.map(() => normalFrom(random)), zero]) {
        for (const metric of ORACLE_METRICS) {
          const scores = oracle.scores(query, metric);
          const { lower, upper } = index.bounds(query, metric);
          const [screened, looped] = [index, loop].map((search) => {
            const target = new Float32Array(matrix.rowCount);
            search.approximateScores(query, metric, target);
            return target;
          });
          let halfWidths = 0;
          scores.forEach((score, row) => {
            const [low, high] = [lower[row] ?? NaN, upper[row] ?? NaN];
            assert.ok(Object.is(looped?.[row], Math.fround(score)));
            assert.ok(Object.is(screened?.[row], Math.fround((low + high) / 2)));
            halfWidths += Number.isNaN(score) ? 0 : (high - low) / 2;
          });
          const count = Math.max(1, oracle.ranked.length);
          const expected = meanScore(scores, metric);
          const largest = scores.reduce(
            (most, score) => (Math.abs(score) > most ? Math.abs(score) : most),
            0,
          );
          // The loop adds the exact scores. Of the index, `centered` is the mean of screened scores; `cosine` is the product with
          // the mean unit row, which single-precision sums of up to 16,384 rows a window make: 16,384 · 2⁻²⁴ < 1e-3. The other two come
          // of double-precision sums.
          const tolerance = {
            cosine: 1e-3,
            centered: halfWidths / count + 1e-6,
            dot: 1e-9 * largest,
            euclidean: 1e-6 * largest,
          }[metric];
          const error = Math.abs(index.averageScore(query, metric) - expected);
          assert.ok(error <= tolerance, `${metric}: ${error}, more than ${tolerance}`);
          assert.ok(Math.abs(loop.averageScore(query, metric) - expected) <= 1e-12 * largest);
        }
      }
    });
  }
});
