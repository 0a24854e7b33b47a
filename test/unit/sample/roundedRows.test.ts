import assert from 'node:assert/strict';
import { roundRows } from '../../../scripts/sample/roundedRows';

describe('rounding of the sample vectors', () => {
  it('stores column after column, and lets the smallest codes stand for the mean of what they replace', () => {
    const { codes, levels } = roundRows(Float64Array.of(0.04, -0.11, 0.09, 0.36, -0.1, 0.2), 2, 0.1);
    assert.deepEqual([...codes], [0, 1, -1, -1, 4, 2]);
    assert.equal(levels.length, 128);
    [0, (0.11 + 0.09 + 0.1) / 3, 0.2, 0.3, 0.4].forEach((level, code) => {
      assert.ok(Math.abs((levels[code] ?? NaN) - level) < 1e-12, String(code));
    });
  });

  it('refuses what a byte cannot hold', () => {
    assert.throws(() => roundRows(Float64Array.of(13), 1, 0.1), RangeError);
  });
});
