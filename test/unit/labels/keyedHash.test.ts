import assert from 'node:assert/strict';
import { hashKey, keyedHash } from '../../../src/core/labels/keyedHash';
import { mixed } from '../../../src/core/tokenizer/tables/openAddressing';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';

const PRIME = 67_108_859n;

/** The hash by whole numbers of any size. */
function naively(bytes: Uint8Array, first: number, second: number): number {
  const numbers: bigint[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    numbers.push(
      BigInt(bytes[at] ?? 0) + 256n * BigInt(bytes[at + 1] ?? 0) + 65_536n * BigInt(bytes[at + 2] ?? 0),
    );
  }
  const at = (point: number): number =>
    Number(numbers.reduce((sum, number) => (sum * BigInt(point) + number) % PRIME, BigInt(bytes.length)));
  return (Math.imul(at(first), 0x9e3779b1) ^ at(second)) | 0;
}

/** The number modulo 2³² by which an odd one is undone. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let round = 0; round < 5; round++) {
    inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  }
  return inverse;
}

/** The word that a round of MurmurHash3 makes into another. */
function undone(word: number): number {
  const rotated = Math.imul(word, inverseOf(0x1b873593));
  return Math.imul((rotated >>> 15) | (rotated << 17), inverseOf(0xcc9e2d51));
}

/**
 * Texts of 8 bytes a step that fall together under MurmurHash3 whatever its seed is: the words of a step differ so that the difference ends in the
 * highest bit, which neither the multiplication nor the addition spreads, and is taken back by the next word.
 */
function fallingTogether(steps: number): Uint8Array[] {
  const pair = (bit: number): readonly [number, number] => [undone(0x1234567), undone(0x1234567 ^ bit)];
  const [one, other] = [pair(1 << 18), pair(1 << 31)].reduce<readonly [number[], number[]]>(
    ([a, b], [x, y]) => [
      [...a, x],
      [...b, y],
    ],
    [[], []],
  );
  return Array.from({ length: 2 ** steps }, (_, choice) => {
    const words = Array.from({ length: steps }, (_none, step) => ((choice >> step) & 1 ? one : other)).flat();
    return new Uint8Array(Int32Array.from(words).buffer);
  });
}

describe('The hash of labels', () => {
  it('is two polynomials, as whole numbers of any size give them', () => {
    const random = new SeededRandom(6);
    for (let round = 0; round < 4000; round++) {
      const key = hashKey([random.uint32(), random.uint32()]);
      const bytes = Uint8Array.from({ length: round % 40 }, () =>
        round % 3 === 0 ? 255 : random.uint32() & 255,
      );
      const around = Uint8Array.of(9, ...bytes, 9, 9, 9);
      assert.equal(keyedHash(around, 1, bytes.length + 1, key), naively(bytes, key.first, key.second));
    }
    const largest = { first: Number(PRIME) - 1, second: Number(PRIME) - 2 };
    const bytes = new Uint8Array(300).fill(255);
    assert.equal(keyedHash(bytes, 0, 300, largest), naively(bytes, largest.first, largest.second));
  });

  it('is right where a value is a multiple of the prime, or one less', () => {
    const random = new SeededRandom(8);
    for (let round = 0; round < 3000;) {
      const key = hashKey([random.uint32(), random.uint32()]);
      const first = random.uint32() % 2 ** 24;
      const before = (6n * BigInt(key.first) + BigInt(first)) % PRIME;
      const missing = BigInt(round % 2);
      const second = (2n * PRIME - missing - ((before * BigInt(key.first)) % PRIME)) % PRIME;
      if (second < 2n ** 24n) {
        const bytes = Buffer.alloc(6);
        bytes.writeUIntLE(first, 0, 3);
        bytes.writeUIntLE(Number(second), 3, 3);
        assert.equal(keyedHash(bytes, 0, 6, key), naively(bytes, key.first, key.second));
        round++;
      }
    }
  });

  it('lets no texts fall together that do so under a hash with a seed, whatever that is', () => {
    const texts = fallingTogether(12);
    assert.equal(new Set(texts.map((text) => Buffer.from(text).toString('hex'))).size, 4096);
    const random = new SeededRandom(7);
    for (let round = 0; round < 5; round++) {
      const seed = random.uint32();
      const murmured = texts.map((text) =>
        new Int32Array(text.buffer).reduce((hash, word) => mixed(hash, word), seed),
      );
      assert.equal(new Set(murmured).size, 1);
      const key = hashKey([random.uint32(), random.uint32()]);
      assert.ok(new Set(texts.map((text) => keyedHash(text, 0, text.length, key))).size > 4090);
    }
  });
});
