import assert from 'node:assert/strict';
import { formatScore } from '../../webview-ui/src/metrics';
import { formatAxisNumber, formatNorm, formatShortCount } from '../../webview-ui/src/numbers';
import { formatTick } from '../../webview-ui/src/plots/symmetricAxis';

/** Characters that the narrowest column of numbers has room for. */
const COLUMN = 8;

describe('numbers in the panel', () => {
  it('keep their decimals as far as the column has room, and get an exponent where they are too long', () => {
    assert.deepEqual([0.8571, -0.0004, 12.77, 1_234.5, -123_456.7].map(formatScore), [
      '0.857',
      '0.000',
      '12.770',
      '1235',
      '\u2212123457',
    ]);
    assert.deepEqual([5.2551e29, -1e30, 1e6, 9.9999e6].map(formatScore), [
      '5.3e29',
      '\u22121e30',
      '1e6',
      '1e7',
    ]);
    assert.equal(formatNorm(1e30), '1e30');
  });

  it('fit into their column, however large', () => {
    for (let exponent = -10; exponent <= 300; exponent++) {
      for (const factor of [1, 1.2345, 9.9999]) {
        const text = formatScore(-factor * 10 ** exponent);
        assert.ok(text.length <= COLUMN, text);
      }
    }
  });

  it('are short on axes too', () => {
    assert.deepEqual([0, 0.2, -1, 1_500, 2e29, -2.5e6].map(formatAxisNumber), [
      '0',
      '0.2',
      '\u22121',
      '1,500',
      '2e29',
      '\u22122.5e6',
    ]);
    assert.deepEqual([-0.8, 0.4, 1.2e7].map(formatTick), ['\u22120.8', '0.4', '1.2e7']);
  });

  it('tell ranks in thousands where they have five digits', () => {
    assert.deepEqual([7, 9_999, 10_000, 50_249].map(formatShortCount), ['7', '9999', '10k', '50k']);
  });
});
