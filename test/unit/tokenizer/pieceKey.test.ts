import assert from 'node:assert/strict';
import { PieceKey } from '../../../src/core/tokenizer/pieceKey';
import { PreTokenizer } from '../../../src/core/tokenizer/preTokenizer';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { seededTexts } from './seededTexts';

function keyOf(text: string): PieceKey {
  const key = new PieceKey();
  key.setTo(text, 0, text.length);
  return key;
}

/** The text of an exact key: the bytes of low, and before them the digits of high in base 257, behind the one in front. */
function textOfExactKey({ low, high }: PieceKey): string {
  const bytes: number[] = [24, 16, 8, 0].map((shift) => (low >>> shift) & 0xff);
  for (let rest = high >>> 0; rest > 0; rest = Math.floor(rest / 257)) {
    bytes.unshift(rest % 257);
  }
  return String.fromCharCode(...bytes.slice(bytes.indexOf(1) + 1));
}

describe('The key of a pre-token', () => {
  it('is the text itself, of at most seven units of Latin-1', () => {
    const random = seededRandom(71);
    const texts = ['', '\0', '\0\0', '\u0001', '\u0001\0', 'ÿÿÿÿÿÿÿ', '\0\0\0\0\0\0\0'];
    for (let i = 0; i < 200_000; i++) {
      // Few different units make neighbors, and units of 0, 1 and 255 are those that could be taken for something else.
      const units = i % 2 === 0 ? [0, 1, 2, 254, 255, 32] : undefined;
      const length = Math.floor(random() * 8);
      texts.push(
        String.fromCharCode(
          ...Array.from(
            { length },
            () => units?.[Math.floor(random() * units.length)] ?? Math.floor(random() * 256),
          ),
        ),
      );
    }
    for (const text of texts) {
      const key = keyOf(text);
      assert.ok(key.isExact);
      assert.equal(textOfExactKey(key), text);
    }
  });

  it('is no text where one is longer or has other characters', () => {
    for (const text of ['abcdefgh', 'Ā', 'aĀ', '漢', '🍌', '\ud800', 'a’s']) {
      assert.equal(keyOf(text).isExact, false, JSON.stringify(text));
    }
  });

  it('is made by the pre-tokenizer on its way, the same as from the pre-token alone', () => {
    const preTokenizer = new PreTokenizer();
    for (const text of seededTexts(8_000, 72)) {
      for (let from = 0; from < text.length;) {
        const to = preTokenizer.end(text, from, text.length);
        const { low, high, isExact } = preTokenizer.key;
        const expected = keyOf(text.slice(from, to));
        assert.deepEqual(
          { low, high, isExact },
          { low: expected.low, high: expected.high, isExact: expected.isExact },
          JSON.stringify(text.slice(from, to)),
        );
        from = to;
      }
    }
  });

  it('is spread well: 200,000 words of different kinds share hardly any', () => {
    const random = seededRandom(73);
    const alphabets = [
      'abcdefghijklmnopqrstuvwxyz',
      'оеаинтсрвлкмдпуяыьгзбчй',
      'のにはをたがでてとしれさ',
      '=-_*#',
    ];
    const texts = new Set<string>();
    while (texts.size < 200_000) {
      const alphabet = alphabets[texts.size % alphabets.length] ?? '';
      const length = 8 + Math.floor(random() * 8);
      texts.add(
        Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join(''),
      );
    }
    const keys = new Set<string>();
    for (const text of texts) {
      const { low, high } = keyOf(text);
      keys.add(`${low} ${high}`);
    }
    assert.ok(texts.size - keys.size < 200, `${texts.size - keys.size} words have the key of another`);
  });
});
