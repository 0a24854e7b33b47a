import assert from 'node:assert/strict';
import { meanTerms } from '../../../src/core/query/meanTerms';

describe('mean of tokens', () => {
  it('weighs each token alike, and the weights sum to one', () => {
    const terms = meanTerms([3820, 2271, 3820]);
    assert.deepEqual(
      terms.map(({ id }) => id),
      [3820, 2271, 3820],
    );
    assert.ok(Math.abs(terms.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-15);
  });
});
