import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { publishedPreTokens } from './publishedPattern';
import { RustOracle } from './rustOracle';
import { editedTexts } from './seededEdits';

const tokenizer = Gpt2Tokenizer.shared();
const { seams } = tokenizer;

/** Both sides of places that are said to be inside a run. */
function* sides(count: number, seed: number): Generator<readonly [left: string, right: string]> {
  const random = seededRandom(seed);
  for (const text of editedTexts(count, seed, 400)) {
    for (let i = 0; i < 40; i++) {
      const place = Math.floor(random() * (text.length + 1));
      // Not always to the ends of the text: what is there must not matter.
      const start = random() < 0.5 ? Math.floor(random() * place) : 0;
      const end = random() < 0.5 ? place + Math.floor(random() * (text.length - place)) : text.length;
      const [left, right] = [text.slice(start, place), text.slice(place, end)];
      if (seams.isInsideRun(left, right)) {
        yield [left, right];
      }
    }
  }
}

describe('Seams in long runs', () => {
  it('are inside a pre-token that each side has its part of, all others being the same', () => {
    let count = 0;
    for (const [left, right] of sides(3_000, 51)) {
      const before = publishedPreTokens(left);
      const behind = publishedPreTokens(right);
      const parted = `${before.pop() ?? ''}${behind.shift() ?? ''}`;
      assert.deepEqual(
        [...before, parted, ...behind],
        publishedPreTokens(left + right),
        `${JSON.stringify(left)} before ${JSON.stringify(right)}`,
      );
      count++;
    }
    assert.ok(count > 10_000, `${count}`);
  });

  it('leave the tokens as they are where those beside them stay apart, and only there', () => {
    const counts = { apart: 0, joined: 0 };
    for (const [left, right] of sides(3_000, 52)) {
      const [before, behind] = [tokenizer.encode(left), tokenizer.encode(right)];
      const isSame = [...before, ...behind].join() === tokenizer.encode(left + right).join();
      const staysApart = seams.stayApart(before.at(-1) ?? NaN, behind[0] ?? NaN);
      assert.equal(staysApart, isSame, `${JSON.stringify(left)} before ${JSON.stringify(right)}`);
      counts[isSame ? 'apart' : 'joined']++;
    }
    assert.ok(counts.apart > 3_000 && counts.joined > 3_000, JSON.stringify(counts));
  });

  it('do so in the Rust tokenizers library, too', async () => {
    const oracle = new RustOracle();
    for (const [left, right] of sides(100, 53)) {
      const before = (await oracle.encode(left)).ids;
      const behind = (await oracle.encode(right)).ids;
      const { ids } = await oracle.encode(left + right);
      const staysApart = seams.stayApart(before.at(-1) ?? NaN, behind[0] ?? NaN);
      assert.equal(staysApart, [...before, ...behind].join() === ids.join(), JSON.stringify([left, right]));
    }
  });

  it('are none where a contraction, white space or a character may end', () => {
    const none = [
      ["don't", 'say'],
      ["'re", 'abc'],
      ["b''", "'s's"],
      ['   ', ' b'],
      ['abc', 'd7'],
      ['a7b', 'abc'],
      ['ab', 'abc'],
      ['abc', 'ab'],
      ['', 'abc'],
      ['aaa\ud83c', '\udf4cbbb'],
      ['🍌🍌🍌', '🍌🍌 '],
    ] as const;
    const inside = [
      ["'reabc", 'abc'],
      ["'''", "'''s"],
      ['b   ', '   '],
      ['🍌🍌🍌', '🍌🍌🍌 '],
      ['\ud83c\ud83c\ud83c', '\ud83c\ud83c!'],
    ] as const;
    for (const [expected, places] of [
      [false, none],
      [true, inside],
    ] as const) {
      for (const [left, right] of places) {
        assert.equal(seams.isInsideRun(left, right), expected, JSON.stringify([left, right]));
      }
    }
  });
});
