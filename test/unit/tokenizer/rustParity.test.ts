import assert from 'node:assert/strict';
import process from 'node:process';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { RustOracle } from './rustOracle';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { seededTexts } from './seededTexts';

const LETTER = /\p{L}/u;
const NUMBER = /\p{N}/u;
/** JavaScript's class without U+FEFF and with U+0085: White_Space by subtraction, not by the list under test. */
const isWhiteSpace = (c: string): boolean => c === '\u0085' || (c !== '\ufeff' && /\s/u.test(c));

describe('Ids and offsets equal those of the Rust tokenizers library', () => {
  let oracle: RustOracle;
  const tokenizer = Gpt2Tokenizer.shared();

  before(() => {
    oracle = new RustOracle();
  });

  const compare = async (text: string, special: boolean): Promise<void> => {
    const expected = await oracle.encode(text, special);
    const actual = tokenizer.encodeWithOffsets(text, { special });
    // Comparing strings first is a hundred times faster than a deep comparison, which then explains a difference.
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      assert.deepEqual(actual, expected, `for ${JSON.stringify(text)}, special: ${special}`);
    }
    assert.equal(tokenizer.encode(text, { special }).join(), actual.ids.join());
  };

  it('on 10,000 seeded texts of many scripts and oddities', async () => {
    for (const text of seededTexts(10_000, 20)) {
      await compare(text, false);
    }
  });

  it('on 300 long runs of seeded letters', async () => {
    const random = seededRandom(26);
    for (let i = 0; i < 300; i++) {
      // Few different letters merge deeply, many hardly at all.
      const alphabet = Array.from('aeinorstlhécж漢').slice(0, 1 + (i % 14));
      const length = 30 + Math.floor(random() * 2_000);
      const letters = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)] ?? '');
      await compare(letters.join(''), false);
    }
  });

  it('on 2,000 seeded texts with special tokens', async () => {
    let specials = 0;
    for (const text of seededTexts(2_000, 21)) {
      const marked = `${text}<|endoftext|>${text.slice(0, 5)}`;
      await compare(marked, true);
      specials += tokenizer.encode(marked, { special: true }).filter((id) => id === 50256).length;
    }
    assert.ok(specials >= 2_000);
  });

  it('on white space of every kind before, between and after words and runs', async () => {
    const spaces = Array.from(
      '\t\n\v\f\r \u0085\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\ufeff\u180e\u200b',
    );
    for (const first of spaces) {
      for (const second of spaces) {
        const pair = first + second;
        await compare(`${pair}a${pair}1${pair}!${pair}${pair}'s${first}é${pair}`, false);
      }
    }
  });

  it('on every single UTF-16 unit, between letters', async () => {
    for (let block = 0; block < 0x10000; block += 0x100) {
      const units = Array.from({ length: 0x100 }, (_, i) => String.fromCharCode(block + i));
      // Characters that the oracle's Unicode does not know yet are the business of the test below.
      const familiar = units.filter((unit) => !(LETTER.test(unit) || NUMBER.test(unit)) || isKnown(unit));
      await compare(familiar.map((unit) => `a${unit} ${unit}9`).join('\n'), false);
    }
  });

  /** What was asked of characters: two tests ask about the same ones. */
  const known = new Map<string, boolean>();

  const isKnown = (character: string): boolean => {
    const answer =
      known.get(character) ?? oracle.preTokenCount((LETTER.test(character) ? 'a' : '1') + character) === 1;
    known.set(character, answer);
    return answer;
  };

  it('classifies every letter, number and white space of Unicode as the library does', () => {
    let newer = 0;
    for (let codePoint = 0x80; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (LETTER.test(character) || NUMBER.test(character)) {
        newer += isKnown(character) ? 0 : 1;
      } else if (isWhiteSpace(character)) {
        // White space neither joins a letter nor other characters.
        assert.equal(oracle.preTokenCount(`!${character}!`), 3, `U+${codePoint.toString(16)}`);
      }
    }
    // The library knows Unicode 16. An engine of that version must agree on all; a newer one only knows more characters.
    const MOST_NEW_CHARACTERS = 5_000;
    const engineUnicode = Number(process.versions.unicode);
    assert.ok(newer <= (engineUnicode > 16 ? MOST_NEW_CHARACTERS : 0), `${newer} characters differ`);
  });

  it('decodes seeded sequences of tokens, whole characters or not, to the same text', async () => {
    let id = 1;
    for (let i = 0; i < 3_000; i++) {
      const ids = Array.from({ length: 1 + (i % 7) }, () => {
        id = (id * 48_271) % 0x7fffffff;
        // Every other token from the bytes, so that broken characters are frequent.
        return id % 2 === 0 ? id % 256 : id % 50_257;
      });
      assert.equal(tokenizer.decode(ids), await oracle.decode(ids), `ids ${ids.join(' ')}`);
    }
  });
});
