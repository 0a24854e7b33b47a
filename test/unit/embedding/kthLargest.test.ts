import assert from 'node:assert/strict';
import { kthLargest } from '../../../src/core/embedding/kthLargest';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

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
