import assert from 'node:assert/strict';
import { float32Text } from '../../../src/core/embedding/analysis/float32Text';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

describe('float32Text', () => {
  it('writes values as people wrote them', () => {
    for (const text of [
      '0',
      '-0',
      '0.1',
      '-0.11010301',
      '1',
      '-2.5',
      '16777216',
      '1e-45',
      '3.4028235e+38',
      '1.1754944e-38',
    ]) {
      assert.equal(float32Text(Math.fround(Number(text))), text);
    }
  });

  it('reads back as the same value for any bits, and no text of fewer digits would', () => {
    const random = seededRandom(17);
    const bits = new Uint32Array(1);
    const value = new Float32Array(bits.buffer);
    for (let round = 0; round < 20_000; round++) {
      bits[0] = Math.floor(random() * 2 ** 32);
      const [exact = NaN] = value;
      if (!Number.isFinite(exact)) {
        continue;
      }
      const text = float32Text(exact);
      assert.ok(Object.is(Math.fround(Number(text)), exact), text);
      const digits = text
        .replace(/e.*/, '')
        .replace(/[-.]/g, '')
        .replace(/^0+/, '')
        .replace(/0+$/, '').length;
      assert.ok(digits <= 9, text);
      if (digits > 1) {
        assert.notEqual(Math.fround(Number(exact.toPrecision(digits - 1))), exact, text);
      }
    }
  });
});
