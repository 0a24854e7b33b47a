import assert from 'node:assert/strict';
import {
  CHECKSUM_PATTERN,
  createChecksum,
  mixBlocks,
  type MixBlocks,
} from '../../../../../src/core/embedding/checksum';
import { SeededRandom } from '../../../../fixtures/checkpoints/seededRandom';
import { naiveChecksum } from './naiveChecksum';

function checksumOf(bytes: Uint8Array): string {
  const checksum = createChecksum();
  checksum.update(bytes);
  return checksum.digest();
}

function randomBytes(random: SeededRandom, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.uint32() & 255);
}

describe('The checksum of section files', () => {
  it('is that of its definition for all lengths up to three blocks and for some longer ones', () => {
    const random = new SeededRandom(1);
    for (const length of [...Array(193).keys(), 1_000, 4_096, 10_007]) {
      const bytes = randomBytes(random, length);
      assert.equal(checksumOf(bytes), naiveChecksum(bytes), `${length} bytes`);
      assert.match(checksumOf(bytes), CHECKSUM_PATTERN);
    }
  });

  it('keeps the values that files on disks have', () => {
    const counting = Uint8Array.from({ length: 1_000 }, (_, index) => index & 255);
    const vectors = [
      [new Uint8Array(0), 'dd7e0bbef7aa80eba9e3431f925aaac4'],
      [Uint8Array.of(1), 'f6dc032366da2d2312ef7645d176e9c1'],
      [new Uint8Array(64), '6237ff41651dbb8ef7af2e7e62943154'],
      [counting, 'b5c593b7f51bc379c0da871a727f8b02'],
    ] as const;
    for (const [bytes, expected] of vectors) {
      assert.equal(checksumOf(bytes), expected);
      assert.equal(naiveChecksum(bytes), expected);
    }
  });

  it('does not depend on where the bytes lie, in which memory, or how they are portioned', () => {
    const random = new SeededRandom(2);
    const bytes = randomBytes(random, 5_003);
    const expected = checksumOf(bytes);
    for (const buffer of [new ArrayBuffer(6_000), new SharedArrayBuffer(6_000)]) {
      for (const at of [0, 1, 2, 3, 64]) {
        const view = new Uint8Array(buffer, at, bytes.length);
        view.set(bytes);
        assert.equal(checksumOf(view), expected);
      }
    }
    for (let attempt = 0; attempt < 50; attempt++) {
      const checksum = createChecksum();
      for (let done = 0; done < bytes.length;) {
        const portion = 64 * (random.uint32() % 20);
        checksum.update(bytes.subarray(done, done + portion));
        done += portion;
      }
      assert.equal(checksum.digest(), expected);
    }
  });

  it('refuses bytes after an incomplete block', () => {
    const checksum = createChecksum();
    checksum.update(new Uint8Array(65));
    checksum.update(new Uint8Array(0));
    assert.throws(() => checksum.update(new Uint8Array(1)), RangeError);
  });

  it('gives a kernel whole blocks only', () => {
    const lengths: number[] = [];
    const mix: MixBlocks = (lanes, blocks) => {
      lengths.push(blocks.length);
      mixBlocks(lanes, blocks);
    };
    const checksum = createChecksum(mix);
    const bytes = randomBytes(new SeededRandom(3), 300);
    checksum.update(bytes.subarray(0, 128));
    checksum.update(bytes.subarray(128));
    assert.deepEqual(lengths, [128, 128]);
    assert.equal(checksum.digest(), naiveChecksum(bytes));
  });

  it('sees every flipped bit, every exchange of two words, and a missing or added zero', () => {
    const random = new SeededRandom(4);
    const bytes = randomBytes(random, 256);
    const expected = checksumOf(bytes);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = bytes.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      assert.notEqual(checksumOf(changed), expected);
    }
    for (let a = 0; a < 64; a++) {
      for (let b = 0; b < a; b++) {
        const words = new Uint32Array(bytes.slice().buffer);
        [words[a], words[b]] = [words[b]!, words[a]!];
        assert.notEqual(checksumOf(new Uint8Array(words.buffer)), expected);
      }
    }
    const zeros = [...Array(200).keys()].map((length) => checksumOf(new Uint8Array(length)));
    assert.equal(new Set(zeros).size, zeros.length);
  });
});
