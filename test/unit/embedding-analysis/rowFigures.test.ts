import assert from 'node:assert/strict';
import { AverageCosines } from '../../../src/core/embedding/analysis/averageCosines';
import { histogramOf } from '../../../src/core/embedding/analysis/histogram';
import { outermostRows } from '../../../src/core/embedding/analysis/outermostRows';
import { SortedValues } from '../../../src/core/embedding/analysis/sortedValues';
import { BruteForce } from '../embedding/bruteForce';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { adversarialMatrix, rowOf } from '../embedding/testMatrix';
import { countedPercentiles } from '../engine/loaded/countedPercentiles';

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

  it('gives percentiles by nearest rank, as counting does', () => {
    const random = seededRandom(12);
    for (const count of [1, 2, 3, 7, 99, 100, 101, 200, 5_025]) {
      const values = Float64Array.from({ length: count + 3 }, (_, index) =>
        index % 9 === 4 || index >= count ? NaN : Math.floor(random() * count) - 3,
      );
      const percentiles = new SortedValues(values).percentiles();
      assert.deepEqual([...percentiles], countedPercentiles(values), `${count} values`);
    }
    // The example of the nearest-rank method in textbooks: 5th, 30th, 40th, 50th and 100th percentile.
    const five = new SortedValues(Float64Array.of(40, 15, 35, 20, 50)).percentiles();
    assert.deepEqual(
      [0, 5, 30, 40, 50, 100].map((percent) => five[percent]),
      [15, 15, 20, 20, 35, 50],
    );
    assert.deepEqual([...new SortedValues(Float64Array.of(NaN)).percentiles()], new Array(101).fill(NaN));
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

describe('outermostRows', () => {
  it('leaves out no row that may have the least or the greatest score, and all that surely have neither', () => {
    const random = seededRandom(13);
    for (let round = 0; round < 300; round++) {
      const count = 1 + Math.floor(random() * 30);
      const draw = (value: () => number): Float64Array => Float64Array.from({ length: count }, value);
      const norms = draw(() => (random() < 0.2 ? NaN : 1));
      const lower = draw(() => (random() < 0.05 ? NaN : Math.floor(random() * 12)));
      const upper = lower.map((low) => (random() < 0.05 ? NaN : low + Math.floor(random() * 4)));
      const rows = [...norms.keys()].filter((row) => !Number.isNaN(norms[row]));
      const [low, high] = [(row: number) => lower[row] ?? NaN, (row: number) => upper[row] ?? NaN];
      // Below or above all others whatever their scores are: no other is surely before it.
      const expected = rows.filter(
        (row) =>
          low(row) !== high(row) &&
          (!rows.some((other) => high(other) < low(row)) || !rows.some((other) => low(other) > high(row))),
      );
      assert.deepEqual([...outermostRows({ lower, upper }, norms)], expected);
    }
  });
});
