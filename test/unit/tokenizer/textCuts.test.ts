import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { RustOracle } from './rustOracle';
import { editedTexts } from './seededEdits';
import { seededTexts } from './seededTexts';

const tokenizer = Gpt2Tokenizer.shared();

function cutsOf(text: string): number[] {
  const cuts: number[] = [];
  for (
    let at = tokenizer.nextCut(text, 0, text.length);
    at >= 0;
    at = tokenizer.nextCut(text, at + 1, text.length)
  ) {
    cuts.push(at);
  }
  return cuts;
}

const textsFullOfBoundaries = (count: number, seed: number): Generator<string> =>
  editedTexts(count, seed, 300);

describe('Places where a text can be cut', () => {
  it('leave its tokens as they are', () => {
    let cutCount = 0;
    for (const texts of [seededTexts(800, 41), textsFullOfBoundaries(800, 42)]) {
      for (const text of texts) {
        const whole = tokenizer.encode(text).join();
        for (const cut of cutsOf(text)) {
          const parts = [...tokenizer.encode(text.slice(0, cut)), ...tokenizer.encode(text.slice(cut))];
          assert.equal(parts.join(), whole, `${JSON.stringify(text)} cut at ${cut}`);
          cutCount++;
        }
      }
    }
    assert.ok(cutCount > 10_000);
  });

  it('leave its tokens as they are in the Rust tokenizers library, too', async () => {
    const oracle = new RustOracle();
    for (const text of textsFullOfBoundaries(100, 43)) {
      const { ids } = await oracle.encode(text);
      for (const cut of cutsOf(text).slice(0, 25)) {
        const left = await oracle.encode(text.slice(0, cut));
        const right = await oracle.encode(text.slice(cut));
        assert.deepEqual([...left.ids, ...right.ids], ids, `${JSON.stringify(text)} cut at ${cut}`);
      }
    }
  });

  it('are decided by the two characters around them, whatever else the text holds', () => {
    const random = seededRandom(44);
    const around = [...textsFullOfBoundaries(400, 45)];
    const somewhere = (): string => `${around[Math.floor(random() * around.length)] ?? ''}.`;
    for (const text of textsFullOfBoundaries(400, 46)) {
      for (const cut of cutsOf(text).slice(0, 20)) {
        const left = Array.from(text.slice(0, cut)).pop() ?? '';
        const right = String.fromCodePoint(text.codePointAt(cut) ?? 0);
        const before = somewhere() + left;
        const elsewhere = `${before}${right}.${somewhere()}`;
        assert.equal(
          tokenizer.nextCut(elsewhere, before.length, before.length),
          before.length,
          JSON.stringify(elsewhere),
        );
      }
    }
  });

  it('are found in text without white space, and only inside the range that is asked for', () => {
    const text = '{"a":1}';
    assert.deepEqual(cutsOf(text), [2, 3, 5, 6]);
    assert.equal(tokenizer.nextCut(text, 4, 4), -1);
    assert.equal(tokenizer.nextCut(text, 4, 5), 5);
    assert.equal(tokenizer.nextCut(text, 0, 0), -1);
    assert.equal(tokenizer.nextCut('', 0, 0), -1);
    assert.equal(tokenizer.nextCut('aaaa', 0, 4), -1);
  });

  it('are none inside white space, before what follows it, in contractions and in characters', () => {
    assert.deepEqual(cutsOf('a  b\n c'), [1, 4]);
    assert.deepEqual(cutsOf("don't 's"), [3, 5]);
    assert.deepEqual(cutsOf("'1' '"), [1, 2, 3]);
    assert.deepEqual(cutsOf('a🍌b'), [1, 3]);
    // A digit beside its double in Mathematical Alphanumeric Symbols.
    assert.deepEqual(cutsOf('1𝟎1'), []);
  });
});

describe('countTokens', () => {
  it('counts what encode gives', () => {
    for (const text of seededTexts(2_000, 47)) {
      assert.equal(tokenizer.countTokens(text), tokenizer.encode(text).length);
    }
  });
});
