import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { PieceCache } from '../../../src/core/tokenizer/pieceCache';
import { PieceKey } from '../../../src/core/tokenizer/pieceKey';
import { TokenIds } from '../../../src/core/tokenizer/tokenIds';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { collidingWithExact, collidingWords } from './collidingTexts';
import { RustOracle } from './rustOracle';

/** The cache, asked with whole texts. */
class AskedCache {
  private readonly cache = new PieceCache();
  private readonly key = new PieceKey();
  private readonly found = new TokenIds();

  /** What is remembered of a text, which stands in the middle of a longer one. */
  find(text: string): number[] | undefined {
    const { found, key } = this;
    const around = `..${text}..`;
    key.setTo(around, 2, 2 + text.length);
    found.clear();
    found.add(77);
    found.reserve(3 * text.length);
    const isFound = this.cache.addTo(found, around, 2, 2 + text.length, key);
    const [before, ...ids] = found.toArray();
    assert.equal(before, 77);
    assert.ok(isFound || ids.length === 0);
    return isFound ? ids : undefined;
  }

  keep(text: string, ids: readonly number[]): void {
    this.key.setTo(text, 0, text.length);
    this.cache.keep(text, 0, text.length, this.key, Uint16Array.of(9, ...ids), 1, ids.length);
  }
}

/** Ids that only this text has, as many as such a text can have. */
function idsOf(text: string, random: () => number): number[] {
  return Array.from({ length: 1 + Math.floor(random() * 3 * text.length) }, () =>
    Math.floor(random() * 65_536),
  );
}

describe('PieceCache', () => {
  it('gives back what it was given, of every length and number of tokens', () => {
    const random = seededRandom(81);
    // A cache has 4 MB: one for each number of tokens, not for each text.
    for (const countOf of [() => 1, () => 2, () => 3, (length: number) => 3 * length]) {
      const cache = new AskedCache();
      for (let length = 1; length <= 63; length++) {
        for (const letter of ['a', 'é', 'ж', '漢', '\ud83c', '\0']) {
          const text = letter.repeat(length);
          const ids = Array.from({ length: countOf(length) }, () => Math.floor(random() * 65_536));
          assert.equal(cache.find(text), undefined);
          cache.keep(text, ids);
          assert.deepEqual(cache.find(text), ids);
        }
      }
    }
  });

  it('does not keep what is too long', () => {
    const cache = new AskedCache();
    cache.keep('a'.repeat(64), [1]);
    assert.equal(cache.find('a'.repeat(64)), undefined);
  });

  it('tells texts of the same key apart', () => {
    const random = seededRandom(82);
    const words = collidingWords(random, 400_000);
    const withExact = collidingWithExact(random, 20_000);
    assert.ok(words.length >= 5 && withExact.length >= 20, `${words.length} and ${withExact.length} pairs`);
    for (const count of [1, 2, 3]) {
      const ids = Array.from({ length: count }, (_, i) => 100 + i);
      for (const isReversed of [false, true]) {
        const cache = new AskedCache();
        for (const pair of [...words, ...withExact]) {
          const [left, right] = isReversed ? [pair[1], pair[0]] : pair;
          assert.equal(cache.find(left), undefined);
          cache.keep(left, ids);
          assert.equal(cache.find(right), undefined);
          cache.keep(right, [7]);
          assert.deepEqual(cache.find(left), ids);
          assert.deepEqual(cache.find(right), [7]);
        }
      }
    }
  });

  it('answers nothing wrong when it is full, over and over', () => {
    const random = seededRandom(83);
    const cache = new AskedCache();
    const expected = new Map<string, number[]>();
    const texts: string[] = [];
    let remembered = 0;
    let asked = 0;
    for (let i = 0; i < 150_000; i++) {
      const base = random() < 0.7 ? 97 : random() < 0.5 ? 0x430 : 0x4e00;
      const length = 1 + Math.floor(random() * 14);
      const text = String.fromCharCode(...Array.from({ length }, () => base + Math.floor(random() * 26)));
      if (cache.find(text) === undefined) {
        const ids = expected.get(text) ?? idsOf(text, random);
        expected.set(text, ids);
        texts.push(text);
        cache.keep(text, ids);
        assert.deepEqual(cache.find(text), ids);
      }
      const earlier = texts[Math.floor(random() * texts.length)] ?? '';
      const ids = cache.find(earlier);
      asked++;
      if (ids !== undefined) {
        remembered++;
        assert.deepEqual(ids, expected.get(earlier), JSON.stringify(earlier));
      }
    }
    // Both happen often, or this has tested nothing.
    assert.ok(remembered > asked / 20 && remembered < asked * 0.95, `${remembered} of ${asked}`);
  });
});

describe('Words of the same key', () => {
  it('get the tokens that the Rust library gives them, whichever comes first', async () => {
    const oracle = new RustOracle();
    const pairs = collidingWords(seededRandom(84), 300_000);
    assert.ok(pairs.length >= 3);
    for (const [left, right] of pairs) {
      for (const text of [`${left} ${left}.${right}\n${left}`, `${right}.${left}.${right}`]) {
        const { ids, offsets } = new Gpt2Tokenizer().encodeWithOffsets(text);
        assert.deepEqual({ ids, offsets }, await oracle.encode(text));
      }
    }
  });
});
