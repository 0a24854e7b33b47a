import assert from 'node:assert/strict';
import { AverageCosines } from '../../../src/core/embedding/analysis/averageCosines';
import { histogramOf } from '../../../src/core/embedding/analysis/histogram';
import { SortedValues } from '../../../src/core/embedding/analysis/sortedValues';
import { BruteForce } from '../embedding/bruteForce';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { adversarialMatrix, rowOf } from '../embedding/testMatrix';

describe('SortedValues', () => {
  it('tells the share of smaller values, as counting does', () => {
    const random = seededRandom(11);
    const values = Float64Array.from({ length: 500 }, () =>
      random() < 0.1 ? NaN : Math.floor(random() * 40),
    );
    const sorted = new SortedValues(values);
    const known = values.filter((value) => !Number.isNaN(value));
    for (let value = -1; value <= 41; value += 0.5) {
      assert.equal(sorted.shareBelow(value), known.filter((other) => other < value).length / known.length);
    }
    assert.equal(new SortedValues(Float64Array.of(NaN)).shareBelow(1), 0);
  });

  it('counts every value once, in bins of one width from the smallest to the largest', () => {
    const { from, to, counts } = histogramOf(Float64Array.of(3, NaN, 1, 2, 1.49, 1.5, 5), 8);
    assert.deepEqual([from, to, ...counts], [1, 5, 2, 1, 1, 0, 1, 0, 0, 1]);
    assert.deepEqual([...histogramOf(Float64Array.of(2, 2), 3).counts], [2, 0, 0]);
    assert.deepEqual(histogramOf(Float64Array.of(NaN), 2), {
      from: 0,
      to: 0,
      counts: new Uint32Array(2),
    });
  });

  it('counts what is beyond all numbers in the outermost bins, between the smallest and the largest number', () => {
    const { from, to, counts } = histogramOf(
      Float32Array.of(Infinity, 1, -Infinity, 2, 9, NaN, -Infinity),
      4,
    );
    assert.deepEqual([from, to, ...counts], [1, 9, 4, 0, 0, 2]);
    const widest = histogramOf(Float64Array.of(-Number.MAX_VALUE, 0, Number.MAX_VALUE), 3);
    assert.deepEqual([...widest.counts], [1, 1, 1]);
    assert.deepEqual([...histogramOf(Float32Array.of(Infinity, 3), 2).counts], [1, 1]);
  });
});

describe('AverageCosines', () => {
  it('is the mean of the cosines of all pairs', () => {
    const matrix = adversarialMatrix(240, 19, 21);
    const oracle = new BruteForce(matrix);
    assert.ok(oracle.ranked.length < 240);
    const averages = new AverageCosines(oracle.meanRow);
    averages.add(matrix.values.subarray(0, 100 * 19));
    averages.add(matrix.values.subarray(100 * 19));
    for (const [metric, average] of [
      ['cosine', averages.averageCosine],
      ['centered', averages.averageCentered],
    ] as const) {
      let sum = 0;
      for (const id of oracle.ranked) {
        const scores = oracle.scores(rowOf(matrix, id), metric);
        sum += oracle.ranked.reduce((total, other) => total + (scores[other] ?? NaN), 0);
      }
      const expected = sum / oracle.ranked.length ** 2;
      assert.ok(Math.abs(average - expected) < 1e-12, `${metric}: ${average} instead of ${expected}`);
    }
  });

  it('is 0 where no row counts', () => {
    const averages = new AverageCosines(new Float64Array(2));
    averages.add(Float32Array.of(NaN, 1));
    assert.deepEqual([averages.averageCosine, averages.averageCentered], [0, 0]);
  });
});
