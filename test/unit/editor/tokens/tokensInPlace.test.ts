import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import { tokensInPlace, wordContext } from '../../../../src/editor/tokens/tokensInPlace';
import { SeededRandom } from '../../../fixtures/checkpoints/seededRandom';

const tokenizer = Gpt2Tokenizer.shared();

function inPlace(line: string, word: string, from = 0): readonly number[] | undefined {
  const start = line.indexOf(word, from);
  return idsInPlace(line, start, start + word.length);
}

function idsInPlace(line: string, start: number, end: number): readonly number[] | undefined {
  const context = wordContext(line, { start, end }, 1);
  return context && tokensInPlace(tokenizer, context);
}

describe('tokens of a word in its line', () => {
  it('joins the space before a word to it', () => {
    assert.deepEqual(inPlace('She ate a ripe banana on the train.', 'banana'), [25996]);
  });

  it('takes a word at the start of a line as it is', () => {
    assert.deepEqual(inPlace('banana bread', 'banana'), [3820, 2271]);
  });

  it('gives what tokenizing the whole document gives, for words anywhere in long and short lines', () => {
    const seeded = new SeededRandom(41);
    const random = (): number => seeded.uniform();
    const words = [
      'banana',
      'Mike',
      "don't",
      '東京',
      '🍌',
      'x',
      '1234',
      '--',
      '"',
      '\t',
      '  ',
      '   ',
      'naïve',
    ];
    for (let round = 0; round < 60; round++) {
      const lines = Array.from({ length: 5 }, () =>
        Array.from({ length: 1 + Math.floor(random() * (round % 3 === 0 ? 1200 : 12)) }, () => {
          const word = words[Math.floor(random() * words.length)] ?? '';
          return random() < 0.5 ? ` ${word}` : word;
        }).join(''),
      );
      const lineNumber = Math.floor(random() * lines.length);
      const line = lines[lineNumber] ?? '';
      const found = [...line.matchAll(/[\p{L}\p{N}]+/gu)];
      const match = found[Math.floor(random() * found.length)];
      if (!match) {
        continue;
      }
      const start = match.index;
      const end = start + match[0].length;
      const document = lines.join('\n');
      const lineStart = lines.slice(0, lineNumber).reduce((sum, text) => sum + text.length + 1, 0);
      const { ids, offsets } = tokenizer.encodeWithOffsets(document);
      const expected = ids.filter((_, index) => {
        const [tokenStart = 0, tokenEnd = 0] = offsets[index] ?? [];
        return tokenStart < lineStart + end && tokenEnd > lineStart + start;
      });
      assert.deepEqual(idsInPlace(line, start, end), expected, JSON.stringify(match[0]));
    }
  });

  it('does not guess in a long line without any white space', () => {
    const line = 'ab1'.repeat(5000);
    assert.equal(wordContext(line, { start: 9000, end: 9003 }, 1), undefined);
  });

  it('takes all tokens of a character that several share', () => {
    assert.deepEqual(inPlace('a 🍌!', '🍌'), tokenizer.encode(' 🍌'));
  });
});
