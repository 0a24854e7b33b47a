import assert from 'node:assert/strict';
import {
  formatBytes,
  formatBytesOf,
  formatDuration,
  formatRoughBytes,
} from '../../webview-ui/src/embeddings/sizesAndTimes';

/** With ordinary spaces, so that expectations can be read. */
function plain(text: string): string {
  assert.doesNotMatch(text, /\d [a-zA-Z]+$/, 'the last unit can be torn from its number');
  return text.replaceAll('\u00a0', ' ');
}

describe('sizes and times', () => {
  it('gives sizes in decimal units with one decimal', () => {
    const sizes: [number, string][] = [
      [0, '0.0 kB'],
      [14_283, '14.3 kB'],
      [999_949, '999.9 kB'],
      [999_950, '1.0 MB'],
      [154_389_504, '154.4 MB'],
      [548_105_171, '548.1 MB'],
      [999_949_999, '999.9 MB'],
      [999_950_000, '1.0 GB'],
      [6_431_829_964, '6.4 GB'],
      [25_000_000_000_000, '25000.0 GB'],
    ];
    for (const [bytes, text] of sizes) {
      assert.equal(plain(formatBytes(bytes)), text);
    }
  });

  it('leaves the decimal out where it would be more exact than the sentence', () => {
    const sizes: [number, string][] = [
      [154_389_504, '154 MB'],
      [548_105_171, '548 MB'],
      [1_520_013_706, '1.5 GB'],
      [9_949_999, '9.9 MB'],
      [12_600_000_000, '13 GB'],
    ];
    for (const [bytes, text] of sizes) {
      assert.equal(plain(formatRoughBytes(bytes)), text);
    }
  });

  it('gives a part in the unit of the whole, and never more than the whole', () => {
    assert.equal(plain(formatBytesOf(64_843_592, 154_389_504)), '64.8 of 154.4 MB');
    assert.equal(plain(formatBytesOf(64_843_592, 1_520_013_706)), '0.1 of 1.5 GB');
    assert.equal(plain(formatBytesOf(0, 154_389_504)), '0.0 of 154.4 MB');
    assert.equal(plain(formatBytesOf(200_000_000, 154_389_504)), '154.4 of 154.4 MB');
  });

  it('gives durations as people say them', () => {
    const durations: [number, string][] = [
      [0, '1 s'],
      [0.2, '1 s'],
      [10.93, '11 s'],
      [59, '59 s'],
      [59.1, '1 min'],
      [180, '3 min'],
      [3_569, '59 min'],
      [3_570, '1 h'],
      [7_500, '2 h 5 min'],
      [86_369, '23 h 59 min'],
      [86_400, 'more than a day'],
      [1e300, 'more than a day'],
    ];
    for (const [seconds, text] of durations) {
      assert.equal(plain(formatDuration(seconds)), text);
    }
  });
});
