import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import type { Encoding } from '../../../src/core/tokenizer/encoding';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { finish, type Steps } from '../../../src/core/work/steps';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { RustTokenizer } from '../../fixtures/tokenizers/rustTokenizer';
import { splittingTokenizerJson } from '../../fixtures/tokenizers/splittingTokenizer';
import {
  TOKENIZER_STYLES,
  tokenizerJson,
  type TokenizerJson,
} from '../../fixtures/tokenizers/tokenizerStyles';

const PROSE =
  'It was the best of times, it wasn’t the worst of 1,024 times; 語言模型把文字切成詞元。\n\n  Añb é́';

/** Letters of one, three and four bytes without a place to cut; those of two units lie across every border between parts. */
const LONG_WORD = `a${'𝒜語'.repeat(8_000)}`;

/** Longest text that may be tokenized between two steps, on average: what takes a millisecond or two. */
const UNITS_A_STEP = 4_096;

function stepsOf(tokenizer: Tokenizer, text: string): Steps<Encoding> {
  const steps = tokenizer.encodeInSteps?.(text);
  assert.ok(steps);
  return steps;
}

function countingSteps(tokenizer: Tokenizer, text: string): Steps<number> {
  const steps = tokenizer.countTokensInSteps?.(text);
  assert.ok(steps);
  return steps;
}

describe('Encoding in steps, with a tokenizer.json', () => {
  const inFolder = useTemporaryFolder();

  const open = async (json: TokenizerJson): Promise<Tokenizer> => {
    const file = inFolder('tokenizer.json');
    await fs.writeFile(file, JSON.stringify(json));
    return loadTokenizer(file);
  };

  for (const style of TOKENIZER_STYLES) {
    it(`gives the tokens of the Rust library, whatever is encoded meanwhile: ${style}`, async () => {
      const json = tokenizerJson(style);
      const [tokenizer, oracle] = [await open(json), new RustTokenizer(json)];
      const texts = [PROSE.repeat(300), 'a'.repeat(20_000), ' '.repeat(9_000), LONG_WORD, PROSE];
      const searches = texts.map((text) => ({ text, steps: stepsOf(tokenizer, text), count: 0 }));
      const pending = new Set(searches);
      while (pending.size > 0) {
        for (const search of pending) {
          const step = search.steps.next();
          search.count++;
          if (step.done === true) {
            pending.delete(search);
            const expected = await oracle.encode(search.text);
            assert.deepEqual(step.value.ids, expected.ids);
            if (search.text === LONG_WORD) {
              assert.deepEqual(step.value.offsets, expected.offsets);
            }
            assert.equal(finish(countingSteps(tokenizer, search.text)), expected.ids.length);
            assert.ok(search.count >= search.text.length / UNITS_A_STEP, `${String(search.count)} steps`);
          }
          tokenizer.encode('an apple');
        }
      }
    });
  }

  for (const [pattern, unit, stepsAUnit] of [
    ['(?:a+){16}b', 'a', 40],
    ['\\w*\\w*\\w*!', 'w', 15],
    [`${'a*'.repeat(60)}b`, 'a', 100],
    ['(?:a?b?){199}c', 'ab', 700],
  ] as const) {
    it(`has the more steps the harder a pattern is: ${pattern.slice(0, 20)}`, async () => {
      const tokenizer = await open(splittingTokenizerJson(pattern));
      const text = unit.repeat(20_000 / unit.length);
      let count = 0;
      for (const steps = stepsOf(tokenizer, text); steps.next().done !== true;) {
        count++;
      }
      // Fifty thousand steps of the matcher are about a millisecond.
      assert.ok(count >= (text.length * stepsAUnit) / 50_000, `${String(count)} steps`);
    });
  }

  it('is not needed by several patterns that are large together: they are refused', async () => {
    const large = splittingTokenizerJson('(?:a?b?){199}c');
    const { pretokenizers } = large.pre_tokenizer as { pretokenizers: unknown[] };
    pretokenizers.unshift(pretokenizers[0]);
    await assert.rejects(open(large), /its patterns are too large together/);
  });
});
