import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { RustTokenizer } from '../../fixtures/tokenizers/rustTokenizer';
import { type TokenizerJson, tokenizerJson } from '../../fixtures/tokenizers/tokenizerStyles';
import { seededPatterns } from '../../unit/pattern/seededPatterns';
import { seededTexts } from '../../unit/tokenizer/seededTexts';

const BEHAVIORS = ['Removed', 'Isolated', 'Contiguous', 'MergedWithPrevious', 'MergedWithNext'];

describe('Patterns of a tokenizer.json', () => {
  const inFolder = useTemporaryFolder();
  const base = { ...tokenizerJson('qwen2'), normalizer: null };

  const open = async (json: TokenizerJson): Promise<Tokenizer> => {
    const file = inFolder('tokenizer.json');
    await fs.writeFile(file, JSON.stringify(json));
    return loadTokenizer(file);
  };

  const splitting = (Regex: string, behavior = 'Isolated', invert = false): TokenizerJson => ({
    ...base,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex }, behavior, invert },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
  });

  const compare = async (json: TokenizerJson, texts: readonly string[]): Promise<void> => {
    const [tokenizer, oracle] = [await open(json), new RustTokenizer(json)];
    for (const text of texts) {
      const expected = await oracle.encode(text);
      assert.deepEqual(tokenizer.encodeWithOffsets(text), expected, JSON.stringify(text));
    }
  };

  describe('give the ids and offsets of the Rust library', () => {
    it('where they are possessive, as in converted tiktoken files', async () => {
      const cl100k = String.raw`'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s`;
      await compare(splitting(cl100k), [
        'One.\n\nTwo',
        'a\n\nb',
        '12 34  \n',
        'a  \n  b   ',
        '12345 67',
        "it'S  \n\n x",
        '  \n',
      ]);
    });

    it('where a group is repeated whose turns cannot overlap', async () => {
      await compare(splitting(String.raw`(?:\r?\n)+(?!\r?\n)`, 'MergedWithNext'), [
        'a\n\n  b',
        '\n\nab\r\n\r\ncd',
        'a\n\n\n',
        '\r\n',
      ]);
    });

    it('where an empty match stands beside a character of two units', async () => {
      for (const pattern of ['[.,]|$', String.raw`\z`, String.raw`\B`, '(?=🍌)', '(?<=🍌)', 'x*']) {
        await compare(splitting(pattern), ['🙂 x', 'a.b', '12🍌', '🍌', 'a🍌🍌.b', '🍌 🍌,']);
      }
    });

    it('where case is ignored beyond ASCII', async () => {
      for (const pattern of ['(?i:k)', '(?i:s)', '(?i)ß', '(?i)ss', '(?i)[a-zß-ÿ]+']) {
        await compare(splitting(pattern), [
          'a \u212a',
          'a\u212ab',
          'kK',
          'ſsS',
          'ßẞssSSſs',
          'Straße GRÖSSE ÿŸ',
        ]);
      }
    });

    it('in all behaviors, inverted and not, for 400 random patterns', async () => {
      const random = seededRandom(71);
      let compared = 0;
      let refused = 0;
      for (const { pattern, texts } of seededPatterns(400, 72, 4)) {
        const json = splitting(pattern, BEHAVIORS[Math.floor(random() * BEHAVIORS.length)], random() < 0.3);
        let tokenizer: Tokenizer;
        let oracle: RustTokenizer;
        try {
          [tokenizer, oracle] = [await open(json), new RustTokenizer(json)];
        } catch {
          refused++;
          continue;
        }
        for (const text of texts) {
          assert.deepEqual(
            tokenizer.encodeWithOffsets(text),
            await oracle.encode(text),
            `${JSON.stringify(json.pre_tokenizer)} on ${JSON.stringify(text)}`,
          );
          compared++;
        }
      }
      assert.ok(
        compared > 1_000 && refused < 120,
        `${String(compared)} compared, ${String(refused)} refused`,
      );
    });

    it('in normalizers, which replace what they match', async () => {
      // Of empty matches the library falls over its own feet, so nothing can be compared.
      for (const [pattern, content] of [
        [String.raw`\s++`, ' '],
        [String.raw`(?i)ß`, 's'],
        [String.raw`(?<=a)\s`, '-'],
        [String.raw`\p{N}{1,3}+`, '0'],
        [' {2,}', '▁'],
        ['x+?', '_'],
      ]) {
        const json = { ...base, normalizer: { type: 'Replace', pattern: { Regex: pattern }, content } };
        const [tokenizer, oracle] = [await open(json), new RustTokenizer(json)];
        for (const text of ['', 'a  b\n', 'ßss 12345', '🍌x🍌', 'aa a', ...seededTexts(60, 73)]) {
          assert.deepEqual(
            tokenizer.encode(text),
            (await oracle.encode(text)).ids,
            `${String(pattern)} on ${JSON.stringify(text)}`,
          );
        }
      }
    });
  });

  it('that take others for ever are taken, and end', async () => {
    for (const pattern of [
      '(?:a+){16}b',
      String.raw`\w*\w*\w*!`,
      `${'a*'.repeat(60)}b`,
      '(a|a)*b',
      '(a*)*b',
      '(?=(a+)+b)',
    ]) {
      // How many steps that takes is told by test/unit/pattern/effort.test.ts.
      const tokenizer = await open(splitting(pattern));
      assert.equal(tokenizer.encodeWithOffsets('a'.repeat(50_000)).offsets.at(-1)?.[1], 50_000, pattern);
      await compare(splitting(pattern), ['aaab', 'aaaaaaab a!', 'b']);
    }
  });
});
