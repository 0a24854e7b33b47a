import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { RustTokenizer } from '../../fixtures/tokenizers/rustTokenizer';
import {
  addedToken,
  TOKENIZER_STYLES,
  tokenizerJson,
  type TokenizerStyle,
} from '../../fixtures/tokenizers/tokenizerStyles';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { seededTexts } from '../../unit/tokenizer/seededTexts';

/** Styles that write a space before the text, which is in the bytes of the first token. */
const WITH_FIRST_SPACE: readonly TokenizerStyle[] = ['llama2', 'mistral'];

describe('The bytes and the text of tokens of a tokenizer.json', () => {
  const inFolder = useTemporaryFolder();

  const open = async (json: unknown): Promise<Tokenizer> => {
    await fs.writeFile(inFolder('tokenizer.json'), JSON.stringify(json));
    return loadTokenizer(inFolder('tokenizer.json'));
  };

  for (const style of TOKENIZER_STYLES) {
    it(`${style}: the bytes of an encoding are the text's, normalized, behind the space that is put there`, async () => {
      const tokenizer = await open(tokenizerJson(style));
      for (const text of seededTexts(1_000, 41)) {
        const bytes = Buffer.concat(tokenizer.encode(text).map((id) => tokenizer.tokenBytes(id)));
        // ▁ is read as a space, since that is what it writes.
        const spelled = text.replace(/\p{Surrogate}/gu, '\ufffd');
        const expected = ['pythia', 'qwen2'].includes(style) ? spelled.normalize('NFC') : spelled;
        // Metaspace puts no space before one that is there; Prepend does.
        const prefix = style === 'llama2' || (style === 'mistral' && !/^[ ▁]/.test(text)) ? ' ' : '';
        assert.equal(bytes.toString(), prefix + expected, JSON.stringify(text));
      }
    });

    it(`${style}: every id has the bytes that the Rust library decodes it to`, async () => {
      const json = tokenizerJson(style);
      const tokenizer = await open(json);
      const oracle = new RustTokenizer(json);
      for (let id = 0; id < tokenizer.vocabularySize; id++) {
        const text = Buffer.from(tokenizer.tokenBytes(id)).toString();
        const decoded = WITH_FIRST_SPACE.includes(style) && text.startsWith(' ') ? text.slice(1) : text;
        assert.equal(await oracle.decode([id]), decoded, `id ${String(id)}`);
        assert.ok(tokenizer.tokenBytes(id).length > 0, `id ${String(id)}`);
      }
    });

    it(`${style}: decoding gives the text back, and seeded ids give what the Rust library makes of them`, async () => {
      const json = tokenizerJson(style);
      const tokenizer = await open(json);
      const oracle = new RustTokenizer(json);
      for (const text of seededTexts(300, 42)) {
        const ids = tokenizer.encode(text, { special: true });
        assert.equal(tokenizer.decode(ids), await oracle.decode(ids), JSON.stringify(text));
      }
      assert.equal(tokenizer.decode(tokenizer.encode('A banana,  ﬁne: 漢字 🍌')), 'A banana,  ﬁne: 漢字 🍌');
      const random = seededRandom(43);
      for (let i = 0; i < 1_000; i++) {
        const ids = Array.from({ length: 1 + (i % 7) }, () =>
          // Every other token from the first, where the bytes are, so that broken characters are frequent.
          Math.floor(random() * (random() < 0.5 ? 260 : tokenizer.vocabularySize)),
        );
        assert.equal(tokenizer.decode(ids), await oracle.decode(ids), `ids ${ids.join(' ')}`);
      }
      assert.equal(tokenizer.decode([]), '');
    });
  }

  it('ids outside the vocabulary are refused, and ids that no token has are empty', async () => {
    const json = tokenizerJson('qwen2');
    const last = Math.max(...json.added_tokens.map(({ id }) => id));
    const tokenizer = await open({
      ...json,
      added_tokens: [...json.added_tokens, addedToken(last + 10, '<far>', { special: true })],
    });
    assert.equal(tokenizer.vocabularySize, last + 11);
    assert.equal(Buffer.from(tokenizer.tokenBytes(last + 10)).toString(), '<far>');
    assert.deepEqual(tokenizer.tokenBytes(last + 5), new Uint8Array(0));
    assert.equal(tokenizer.decode([last + 5]), '');
    for (const id of [-1, 0.5, NaN, last + 11, 2 ** 32]) {
      assert.throws(() => tokenizer.tokenBytes(id), RangeError);
      assert.throws(() => tokenizer.decode([id]), RangeError);
    }
  });

  it('merges that begin with the version line of a merges.txt are those behind it', async () => {
    const json = tokenizerJson('qwen2');
    const lines = ['#version: 0.2', ...json.model.merges.map((merge) => [merge].flat().join(' '))];
    const versioned = { ...json, model: { ...json.model, merges: lines } };
    const [tokenizer, oracle] = [await open(versioned), new RustTokenizer(versioned)];
    const text = 'A banana, and another one';
    assert.deepEqual(tokenizer.encode(text), (await oracle.encode(text)).ids);
    assert.deepEqual(tokenizer.encode(text), (await open(json)).encode(text));
  });

  it('a piece of byte fallback is one byte, and a space stands for its mark', async () => {
    const tokenizer = await open(tokenizerJson('llama2'));
    const ids = tokenizer.encode('\u{12345}');
    assert.deepEqual(
      ids.slice(1).map((id) => [...tokenizer.tokenBytes(id)]),
      [[0xf0], [0x92], [0x8d], [0x85]],
    );
    assert.deepEqual([...tokenizer.tokenBytes(ids[0] ?? -1)], [0x20]);
    assert.deepEqual(tokenizer.encodeWithOffsets('\u{12345}').offsets.slice(1), Array(4).fill([0, 2]));
  });

  it('long runs stay near-linear', async () => {
    // Quadratic merging would take minutes for these, and run into the suite's time limit.
    for (const style of ['llama3', 'llama2'] as const) {
      const tokenizer = await open(tokenizerJson(style));
      for (const unit of ['a', 'ab', ' ', '漢', '=', '\n', '1']) {
        const text = unit.repeat(50_000 / unit.length);
        assert.equal(tokenizer.encodeWithOffsets(text).offsets.at(-1)?.[1], text.length);
      }
    }
  });
});
