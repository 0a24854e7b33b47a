import assert from 'node:assert/strict';
import { formatBytes } from '../../../src/editor/formatBytes';

describe('sizes for people', () => {
  it('have decimal units and no more digits than one needs', () => {
    const cases: [number, string][] = [
      [0, '0 bytes'],
      [999, '999 bytes'],
      [1_000, '1.0 kB'],
      [154_389_504, '154 MB'],
      [548_105_171, '548 MB'],
      [999_600_000, '1.0 GB'],
      [6_431_829_155, '6.4 GB'],
      [9_949_999, '9.9 MB'],
      [9_950_000, '10 MB'],
    ];
    for (const [bytes, text] of cases) {
      assert.equal(formatBytes(bytes), text);
    }
  });
});
