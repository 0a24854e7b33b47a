import assert from 'node:assert/strict';
import { clippedHistogramOf, histogramOf } from '../../../src/core/embedding/analysis/histogram';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

const BINS = 64;

/** A bell of values around 5, with others put over its first ones. */
function bell(count: number, ...others: readonly number[]): Float64Array {
  const random = seededRandom(7);
  const values = Float64Array.from({ length: count }, () => {
    let sum = 0;
    for (let term = 0; term < 12; term++) {
      sum += random();
    }
    return sum - 1;
  });
  values.set(others);
  return values;
}

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) {
    total += count;
  }
  return total;
}

function filledBins(counts: Uint32Array): number {
  return counts.filter((count) => count > 0).length;
}

describe('a histogram whose axis may end before far values', () => {
  it('is the histogram of all values where these fill it', () => {
    const values = bell(20_000);
    assert.deepEqual(clippedHistogramOf(values, BINS), { ...histogramOf(values, BINS), below: 0, above: 0 });
  });

  it('shows the shape of the others when one value is far off, at either end or both, however far', () => {
    for (const far of [[1_000], [-1_000], [1e30], [-1e38], [1e12, -4_000], [1e6, 1e9, 1e12, 1e15]]) {
      const values = bell(20_000, ...far);
      assert.ok(filledBins(histogramOf(values, BINS).counts) <= 4, 'squeezed without clipping');
      const { from, to, counts, below, above } = clippedHistogramOf(values, BINS);
      assert.ok(filledBins(counts) > 30, `${filledBins(counts)} bins for ${far.join()}`);
      assert.ok(from >= -1.5 && to <= 11.5, `${from} … ${to}`);
      assert.equal(sum(counts) + below + above, values.length);
      assert.equal(below, values.filter((value) => value < from).length);
      assert.equal(above, values.filter((value) => value > to).length);
      assert.ok(below <= 20 && above <= 20, `${below} below, ${above} above`);
    }
  });

  it('leaves nothing out where many values are far off, or all others are one value', () => {
    const many = bell(2_000, ...Array.from({ length: 100 }, () => 1_000));
    const same = Float64Array.from({ length: 5_000 }, (_, index) => (index === 0 ? 9 : 2));
    for (const values of [many, same, Float64Array.of(1, 2, 1e9), Float64Array.of(), Float64Array.of(3)]) {
      const { below, above, counts } = clippedHistogramOf(values, BINS);
      assert.deepEqual([below, above], [0, 0]);
      assert.equal(sum(counts), values.length);
    }
  });

  it('counts infinite values beyond its ends, and no NaN', () => {
    const values = bell(20_000, Infinity, -Infinity, NaN, 1e9);
    const { counts, below, above } = clippedHistogramOf(values, BINS);
    assert.equal(sum(counts) + below + above, values.length - 1);
    assert.ok(filledBins(counts) > 30);
  });
});
