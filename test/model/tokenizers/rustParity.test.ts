import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { Tokenizer as PackageTokenizer } from '@huggingface/tokenizers';
import type { Encoding } from '../../../src/core/tokenizer/encoding';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { RustTokenizer } from '../../fixtures/tokenizers/rustTokenizer';
import {
  TOKENIZER_STYLES,
  type TokenizerJson,
  tokenizerJson,
  type TokenizerStyle,
} from '../../fixtures/tokenizers/tokenizerStyles';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { seededTexts } from '../../unit/tokenizer/seededTexts';

const NORMALIZING: readonly TokenizerStyle[] = ['pythia', 'qwen2'];
/** One style for each kind of pre-tokenizer: bytes by GPT-2's pattern, by one of the file's, and none. */
const EVERY_WAY_TO_CUT: readonly TokenizerStyle[] = ['pythia', 'llama3', 'llama2'];

describe("A tokenizer.json's ids and offsets equal those of the Rust tokenizers library", () => {
  const inFolder = useTemporaryFolder();

  const open = async (json: TokenizerJson): Promise<Tokenizer> => {
    const file = inFolder('tokenizer.json');
    await fs.writeFile(file, JSON.stringify(json));
    return loadTokenizer(file);
  };

  const comparer = async (
    json: TokenizerJson,
  ): Promise<(text: string, special: boolean) => Promise<void>> => {
    const tokenizer = await open(json);
    const oracle = new RustTokenizer(json);
    return async (text, special) => {
      const expected = await oracle.encode(text, special);
      const actual = tokenizer.encodeWithOffsets(text, { special });
      if (JSON.stringify(actual) !== JSON.stringify(expected)) {
        assert.deepEqual(actual, expected, `for ${JSON.stringify(text)}, special: ${String(special)}`);
      }
      assert.deepEqual(tokenizer.encode(text, { special }), actual.ids);
    };
  };

  for (const style of TOKENIZER_STYLES) {
    const isStable = (text: string): boolean =>
      !NORMALIZING.includes(style) || text.normalize('NFC') === text;

    it(`in the style of ${style}, on 3,000 seeded texts of many scripts and oddities`, async () => {
      const compare = await comparer(tokenizerJson(style));
      let compared = 0;
      for (const text of seededTexts(3_000, 31)) {
        if (isStable(text)) {
          await compare(text, false);
          compared++;
        }
      }
      assert.ok(compared > 2_500, `${String(compared)} texts compared`);
    });

    it(`in the style of ${style}, on 1,000 seeded texts full of added tokens`, async () => {
      const json = tokenizerJson(style);
      const compare = await comparer(json);
      const random = seededRandom(32);
      const added = (): string =>
        json.added_tokens[Math.floor(random() * json.added_tokens.length)]?.content ?? '';
      for (const text of seededTexts(500, 33)) {
        const cut = Math.floor(random() * text.length);
        const marked = `${added()}${text.slice(0, cut)}${added()} ${added()}${added()}${text.slice(cut)}${added()}`;
        for (const each of isStable(marked) ? [marked, `${added()}\n ${marked.slice(0, 30)}`] : []) {
          await compare(each, true);
          await compare(each, false);
        }
      }
    });

    if (EVERY_WAY_TO_CUT.includes(style)) {
      it(`in the style of ${style}, on every single UTF-16 unit between letters`, async () => {
        const compare = await comparer(tokenizerJson(style));
        for (let block = 0; block < 0x10000; block += 0x40) {
          const units = Array.from({ length: 0x40 }, (_, i) => String.fromCharCode(block + i));
          await compare(
            units
              .map((unit) => `a${unit} ${unit}9`)
              .filter(isStable)
              .join('\n'),
            false,
          );
        }
      });
    }
  }

  it('where added tokens take the white space around them, count as whole words only, or are normalized', async () => {
    for (const style of ['llama3', 'qwen2', 'llama2', 'mistral'] as const) {
      const json = tokenizerJson(style);
      for (const variant of [1, 2, 3]) {
        const added = json.added_tokens.map((token, i) => ({
          ...token,
          lstrip: (i + variant) % 2 === 0,
          rstrip: (i + variant) % 3 === 0,
          single_word: (i + variant) % 4 === 1,
          normalized: variant === 3,
        }));
        const compare = await comparer({ ...json, added_tokens: added });
        for (const { content } of added) {
          for (const text of ['', 'a', ' ', '  b ', '1', '_', 'é', '\n\n', '🍌', ' \u3000']) {
            await compare(`${text}${content}${text}${content}`, true);
            await compare(`x${text}${content} ${text}`, true);
          }
        }
      }
    }
  });

  it('with the pre-tokenizers of other families', async () => {
    const json = tokenizerJson('qwen2');
    const split = (Regex: string, behavior: string, invert = false): unknown => ({
      type: 'Split',
      pattern: { Regex },
      behavior,
      invert,
    });
    const byteLevel = (use_regex: boolean, add_prefix_space = false): unknown => ({
      type: 'ByteLevel',
      add_prefix_space,
      trim_offsets: true,
      use_regex,
    });
    const families: Readonly<Record<string, readonly unknown[]>> = {
      falcon: [
        { type: 'Punctuation', behavior: 'Contiguous' },
        byteLevel(true),
        { type: 'Digits', individual_digits: false },
        split('[0-9][0-9][0-9]', 'Isolated'),
      ],
      starcoder: [{ type: 'Digits', individual_digits: true }, byteLevel(true)],
      deepseek: [
        split('\\p{N}{1,3}', 'Isolated'),
        split('[一-龥\u3040-ゟ゠-ヿ]+', 'Isolated'),
        split(
          '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+',
          'Isolated',
        ),
        byteLevel(false),
      ],
      gptOss: [
        split(
          "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          'Removed',
          true,
        ),
        byteLevel(false),
      ],
      prefixed: [byteLevel(true, true)],
      mergedWithPrevious: [split('\\s+', 'MergedWithPrevious'), byteLevel(false)],
      mergedWithNext: [split('\\s', 'MergedWithNext'), byteLevel(false)],
      contiguous: [split('\\s', 'Contiguous'), byteLevel(false)],
    };
    for (const [family, pretokenizers] of Object.entries(families)) {
      const compare = await comparer({ ...json, pre_tokenizer: { type: 'Sequence', pretokenizers } });
      for (const text of [...seededTexts(300, 34)].filter((each) => each.normalize('NFC') === each)) {
        await compare(text, false).catch((error: unknown) => {
          throw new Error(`in the manner of ${family}`, { cause: error });
        });
      }
    }
  });

  it('with Metaspace in all its ways', async () => {
    const json = tokenizerJson('mistral');
    for (const prepend_scheme of ['always', 'first', 'never']) {
      for (const splits of [true, false]) {
        const compare = await comparer({
          ...json,
          pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme, split: splits },
        });
        for (const text of seededTexts(200, 35)) {
          await compare(`${text}</s> ${text.slice(0, 5)}</s>▁x`, true);
        }
      }
    }
  });

  describe('where normalization joins characters', () => {
    const covers = (outer: Encoding['offsets'][number], inner: Encoding['offsets'][number]): boolean =>
      outer[0] <= inner[0] && outer[1] >= inner[1];

    for (const style of NORMALIZING) {
      // Known divergence, on purpose: the library gives what was joined the range of its first character alone and leaves
      // the others uncovered. Ours cover the text without gaps.
      it(`ids are equal, and ranges contain the library's and have no gaps (${style})`, async () => {
        const json = tokenizerJson(style);
        const tokenizer = await open(json);
        const oracle = new RustTokenizer(json);
        let changed = 0;
        const everyUnit = Array.from({ length: 0x400 }, (_, block) =>
          Array.from({ length: 0x40 }, (__, i) => `a${String.fromCharCode(block * 0x40 + i)}`).join(''),
        );
        for (const seeded of [...seededTexts(3_000, 36), ...everyUnit]) {
          const text = `${seeded}e\u0301 Zu\u0308rich \u1112\u1161\u11ab \u212b q\u0307\u0323\u0344`;
          const expected = await oracle.encode(text);
          const { ids, offsets } = tokenizer.encodeWithOffsets(text);
          assert.deepEqual(ids, expected.ids, JSON.stringify(text));
          let end = 0;
          offsets.forEach((range, i) => {
            assert.ok(range[0] <= end, `gap before ${String(range)} in ${JSON.stringify(text)}`);
            assert.ok(covers(range, expected.offsets[i] ?? [NaN, NaN]), JSON.stringify(text));
            end = Math.max(end, range[1]);
          });
          assert.equal(end, text.length);
          changed += JSON.stringify(offsets) === JSON.stringify(expected.offsets) ? 0 : 1;
        }
        assert.ok(changed > 0, 'no text showed the divergence');
      });
    }

    it('a joined character has the range of all that it was made of', async () => {
      const tokenizer = await open(tokenizerJson('qwen2'));
      const { offsets } = tokenizer.encodeWithOffsets('e\u0301!');
      assert.deepEqual(offsets.at(0)?.[0], 0);
      assert.deepEqual(offsets.at(-1), [2, 3]);
      assert.deepEqual(offsets.at(-2)?.[1], 2);
    });
  });

  describe('also where the JavaScript package alone would not', () => {
    const idsOfPackage = (json: TokenizerJson, text: string): readonly number[] =>
      new PackageTokenizer(json, {}).encode(text, { add_special_tokens: false }).ids;

    // Each is why a step before the merging is ours.
    const divergences: readonly (readonly [why: string, style: TokenizerStyle, text: string])[] = [
      ['`\\s` of its ByteLevel pattern lacks U+0085', 'pythia', '1\u0085 \u0085!'],
      ['`\\s` of its ByteLevel pattern holds U+FEFF', 'pythia', 'a \ufeffb'],
      ['ignoring case, it does not take U+017F for an s', 'llama3', "it'ſtea"],
      ['special tokens cannot be text', 'qwen2', 'a<|im_start|>b'],
    ];
    for (const [why, style, text] of divergences) {
      it(`${style}: ${why}`, async () => {
        const json = tokenizerJson(style);
        const compare = await comparer(json);
        await compare(text, false);
        const { ids } = await new RustTokenizer(json).encode(text);
        assert.notDeepEqual(idsOfPackage(json, text), ids, 'the package agrees by now: the step may go');
      });
    }
  });
});
