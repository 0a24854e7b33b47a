import assert from 'node:assert/strict';
import { plainScores } from '../../../src/core/embedding/analysis/plainLoop';
import { isSameOrder } from '../../../src/core/embedding/analysis/sameOrder';
import { METRICS } from '../../../src/core/embedding/metric';
import { accurateSum, BruteForce } from '../embedding/bruteForce';
import { adversarialMatrix, gaussianMatrix, rowOf } from '../embedding/testMatrix';

describe('plainScores', () => {
  it('agrees with accurate sums but for roundings, and leaves out rows with NaN or infinity', () => {
    for (const matrix of [gaussianMatrix(200, 64, 1), adversarialMatrix(400, 48, 2)]) {
      const oracle = new BruteForce(matrix, accurateSum);
      const lengths = new BruteForce(matrix).scores(new Float64Array(matrix.dimension), 'euclidean');
      for (const id of oracle.ranked.slice(0, 20)) {
        const query = Float64Array.from(rowOf(matrix, id));
        for (const metric of METRICS) {
          const expected = oracle.scores(query, metric);
          const scores = new Float64Array(matrix.rowCount);
          plainScores(query, metric, oracle.meanRow, matrix.values, scores);
          scores.forEach((score, row) => {
            const exact = expected[row] ?? NaN;
            assert.equal(Number.isNaN(score), Number.isNaN(exact), `row ${row}`);
            const scale = {
              cosine: 1,
              centered: 1,
              dot: (lengths[id] ?? 0) * (lengths[row] ?? 0),
              euclidean: exact,
            }[metric];
            assert.ok(
              !(Math.abs(score - exact) > 1e-13 * scale),
              `${metric}, row ${row}: ${score}, ${exact}`,
            );
          });
        }
      }
    }
  });
});

describe('isSameOrder', () => {
  const scores = Float64Array.of(0.9, 0.8, 0.8 + 1e-13, 0.5, 0.5 - 1e-6);
  const one = (): number => 1;
  const same = (first: number[], second: number[]): boolean =>
    isSameOrder(Uint32Array.from(first), Uint32Array.from(second), scores, one);

  it('takes scores that differ by roundings as equal, and no others', () => {
    assert.equal(same([0, 1, 2, 3], [0, 1, 2, 3]), true);
    assert.equal(same([0, 1, 2, 3], [0, 2, 1, 3]), true);
    assert.equal(same([0, 1], [0, 2]), true);
    assert.equal(same([0, 1, 2, 4], [0, 1, 2, 3]), false);
    assert.equal(same([1, 0], [0, 1]), false);
    assert.equal(same([0], [0, 1]), false);
    assert.equal(same([], []), true);
  });

  it('measures roundings by what was summed', () => {
    const large = Float64Array.of(1e6, 1e6 + 1e-7);
    const [first, second] = [Uint32Array.of(0, 1), Uint32Array.of(1, 0)];
    assert.equal(isSameOrder(first, second, large, one), false);
    assert.equal(
      isSameOrder(first, second, large, () => 1e6),
      true,
    );
  });
});
