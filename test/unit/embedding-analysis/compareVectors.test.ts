import assert from 'node:assert/strict';
import {
  correlationsBetween,
  pearsonCorrelation,
  scoresBetween,
} from '../../../src/core/embedding/analysis/compareVectors';
import { METRICS } from '../../../src/core/embedding/metric';
import { BruteForce } from '../embedding/bruteForce';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { adversarialMatrix, gaussianMatrix, rowOf } from '../embedding/testMatrix';

describe('scoresBetween', () => {
  it('gives for rows, bit for bit, what scoring every row gives', () => {
    const matrix = adversarialMatrix(300, 37, 5);
    const oracle = new BruteForce(matrix);
    const ids = oracle.ranked.slice(20, 60);
    const vectors = ids.map((id) => Float64Array.from(rowOf(matrix, id)));
    for (const metric of METRICS) {
      const scores = scoresBetween(vectors, metric, oracle.meanRow);
      vectors.forEach((query, i) => {
        const expected = oracle.scores(query, metric);
        const row = [...scores.subarray(i * ids.length, (i + 1) * ids.length)];
        // The matrix is symmetric: the upper half is each row's own score, the lower half the transposed one.
        assert.deepEqual(
          row.slice(i),
          ids.slice(i).map((id) => expected[id]),
          `${metric}, row ${ids[i] ?? ''}`,
        );
        row.forEach((score, j) => {
          assert.equal(score, scores[j * ids.length + i]);
        });
      });
    }
  });

  it('refuses vectors that cannot be searched', () => {
    assert.throws(() => scoresBetween([Float64Array.of(NaN, 1)], 'cosine', new Float64Array(2)), RangeError);
    assert.throws(() => scoresBetween([Float64Array.of(1)], 'dot', new Float64Array(2)), RangeError);
  });
});

describe('Pearson correlation', () => {
  it('is the covariance over the standard deviations', () => {
    // Anscombe's first quartet: published as 0.81642.
    const x = Float64Array.of(10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5);
    const y = Float64Array.of(8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68);
    assert.ok(Math.abs(pearsonCorrelation(x, y) - 0.81642051634484) < 1e-13);
    const random = seededRandom(3);
    const a = Float64Array.from({ length: 200 }, random);
    const b = a.map((value) => value + random());
    const mean = (values: Float64Array): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const covariance = (p: Float64Array, q: Float64Array): number =>
      mean(p.map((value, j) => (value - mean(p)) * ((q[j] ?? NaN) - mean(q))));
    const expected = covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
    assert.ok(Math.abs(pearsonCorrelation(a, b) - expected) < 1e-13);
  });

  it('is 1 for a vector with itself, −1 with its negative, and does not depend on scale and shift', () => {
    const { values } = gaussianMatrix(1, 100, 9);
    const vector = Float64Array.from(values);
    assert.ok(Math.abs(pearsonCorrelation(vector, vector) - 1) < 1e-15);
    assert.ok(
      pearsonCorrelation(
        vector,
        vector.map((value) => -2 * value),
      ) <
        -1 + 1e-15,
    );
    assert.ok(
      pearsonCorrelation(
        vector,
        vector.map((value) => value + 3),
      ) >
        1 - 1e-12,
    );
    assert.ok(
      pearsonCorrelation(
        vector.map((value) => value * 1e300),
        vector.map((value) => value * 1e-300),
      ) >
        1 - 1e-12,
    );
  });

  it('is 0 where values are constant, whatever their mean is rounded to', () => {
    const { values } = gaussianMatrix(1, 768, 9);
    const constant = new Float64Array(768).fill(0.1);
    assert.equal(pearsonCorrelation(constant, Float64Array.from(values)), 0);
    assert.equal(pearsonCorrelation(constant, constant), 0);
    assert.equal(pearsonCorrelation(new Float64Array(0), new Float64Array(0)), 0);
    assert.deepEqual([...correlationsBetween([constant, Float64Array.from(values)])].slice(0, 3), [0, 0, 0]);
  });
});
