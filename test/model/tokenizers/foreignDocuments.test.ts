import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { CheckpointError } from '../../../src/core/safetensors/checkpointError';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { RustTokenizer } from '../../fixtures/tokenizers/rustTokenizer';
import { seededDocuments } from '../../fixtures/tokenizers/seededDocuments';
import {
  type AddedTokenJson,
  addedToken,
  type TokenizerJson,
  tokenizerJson,
  type TokenizerStyle,
} from '../../fixtures/tokenizers/tokenizerStyles';

const DOCUMENTS = 120;

describe('A tokenizer.json that nobody has published', () => {
  const inFolder = useTemporaryFolder();

  const open = async (json: TokenizerJson): Promise<Tokenizer> => {
    const file = inFolder('tokenizer.json');
    await fs.writeFile(file, JSON.stringify(json));
    return loadTokenizer(file);
  };

  const compare = async (json: TokenizerJson, texts: readonly string[], special = true): Promise<void> => {
    const [tokenizer, oracle] = [await open(json), new RustTokenizer(json)];
    for (const text of texts) {
      const { ids } = await oracle.encode(text, special);
      assert.deepEqual(tokenizer.encode(text, { special }), ids, JSON.stringify(text));
      // Offsets of whatever is made of a text can be told.
      assert.deepEqual(tokenizer.encodeWithOffsets(text, { special }).ids, ids);
    }
  };

  const refuses = (json: TokenizerJson, reason: string, message: RegExp): Promise<void> =>
    assert.rejects(open(json), (error) => {
      assert.ok(CheckpointError.is(error) && error.reason === reason, String(error));
      assert.match(error.message, message);
      return true;
    });

  const withAdded = (
    style: TokenizerStyle,
    ...tokens: readonly (readonly [offset: number, content: string, flags: Partial<AddedTokenJson>])[]
  ): TokenizerJson => {
    const json = structuredClone(tokenizerJson(style));
    const next = Math.max(Object.keys(json.model.vocab).length, ...json.added_tokens.map(({ id }) => id + 1));
    json.added_tokens.push(...tokens.map(([offset, ...rest]) => addedToken(next + offset, ...rest)));
    return json;
  };

  it(`has the ids of the Rust library, in ${String(DOCUMENTS)} seeded ones, or is refused`, async () => {
    let compared = 0;
    const refused = new Map<string, number>();
    for (const { json, texts } of seededDocuments(DOCUMENTS, 171, 4)) {
      try {
        await open(json);
      } catch (error) {
        assert.ok(CheckpointError.is(error), String(error));
        const why = error.message.replaceAll(/^.*?tokenizer\.json: |".*?"/g, '');
        refused.set(why, (refused.get(why) ?? 0) + 1);
        continue;
      }
      await compare(json, texts).catch((error: unknown) => {
        const { normalizer, pre_tokenizer, added_tokens } = json;
        throw new Error(JSON.stringify({ normalizer, pre_tokenizer, added_tokens }), { cause: error });
      });
      compared += texts.length;
    }
    const total = [...refused.values()].reduce((sum, count) => sum + count, 0);
    console.log(`      ${String(compared)} texts compared, ${String(total)} documents refused`);
    assert.ok(total < DOCUMENTS / 3, [...refused].join('\n'));
  });

  it('has added tokens only where these are looked for: the model does not know them', async () => {
    const json = withAdded('llama3', [0, 'Zebra', { special: true }], [1, 'Zebras', { single_word: true }]);
    await compare(json, ['Zebra Zebras xZebras'], true);
    await compare(json, ['Zebra Zebras xZebras'], false);
    await compare({ ...withAdded('gemma', [0, ' ', { single_word: true }]), normalizer: null }, [
      'a  中',
      '  ',
    ]);
  });

  it('may list an added token twice, but not with two ids', async () => {
    const random = seededRandom(172);
    const flag = (): boolean => random() < 0.5;
    const flags = (): Partial<AddedTokenJson> => ({
      special: flag(),
      normalized: flag(),
      single_word: flag(),
      lstrip: flag(),
      rstrip: flag(),
    });
    for (let round = 0; round < 40; round++) {
      const json = withAdded('qwen2', [0, 'foo', flags()], [0, 'foo', flags()], [1, 'bar', flags()]);
      await compare(json, ['x foo y', 'foofoo', ' foo  bar foo', 'fooo']);
    }
    await refuses(
      withAdded('qwen2', [0, 'foo', {}], [1, 'foo', {}]),
      'malformed',
      /"foo" has two ids, \d+ and \d+/,
    );
  });

  it('is refused where one added token takes the white space that another begins with', async () => {
    const json = withAdded('llama3', [0, '<x>', { rstrip: true }], [1, '  ', {}]);
    await refuses(json, 'unsupported', /"<x>" takes the white space behind it, in which "  " is another/);
    await compare(withAdded('llama3', [0, '<x>', { lstrip: true }], [1, '  ', {}]), [
      'a    <x>    b',
      '   <x>',
    ]);
    // One is looked for in the text as it is typed, the other in the normalized one.
    await compare(withAdded('llama3', [0, '<x>', { rstrip: true }], [1, '  ', { normalized: true }]), [
      '<x>    b',
    ]);
  });

  it('is refused where characters are added to text that is bytes already', async () => {
    const json = structuredClone(tokenizerJson('qwen2'));
    const bytes = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
    const metaspace = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false };
    json.pre_tokenizer = { type: 'Sequence', pretokenizers: [bytes, metaspace] };
    await refuses(
      json,
      'unsupported',
      /Metaspace pre-tokenizer adds characters to text that is bytes already/,
    );
    json.pre_tokenizer = { type: 'Sequence', pretokenizers: [metaspace, bytes] };
    await compare(json, ['a b', '  ', '🍌 ▁']);
  });

  it('may stand beside texts that are spelled as the token of a byte', async () => {
    const json = structuredClone(tokenizerJson('gemma'));
    json.model.ignore_merges = true;
    json.pre_tokenizer = null;
    await compare(json, ['<0x41>', '<0x41>\u{1f34d}', '\u{1f34d}']);
    const [left, right] = ['<0x4', '1>'];
    const last = Object.keys(json.model.vocab).length + json.added_tokens.length;
    const vocab = { ...json.model.vocab, [left]: last, [right]: last + 1 };
    const merges = [...json.model.merges, [left, right]] as [string, string][];
    await refuses(
      { ...json, model: { ...json.model, vocab, merges } },
      'unsupported',
      /makes the token of one/,
    );
  });

  const replacing = (style: TokenizerStyle, pattern: unknown, content: string): TokenizerJson => ({
    ...structuredClone(tokenizerJson(style)),
    normalizer: { type: 'Replace', pattern, content },
  });

  it('replaces nothing by something only where the library does not garble that', async () => {
    const texts = ['abc', 'x', '🍌 a', 'one\ntwo\n', '  '];
    for (const pattern of [
      { Regex: '^' },
      { Regex: '\\B' },
      { Regex: 'x*' },
      { Regex: '(?<!a)' },
      { String: '' },
    ]) {
      await refuses(
        replacing('llama3', pattern, 'ab'),
        'unsupported',
        /puts text in where its pattern matches nothing/,
      );
      await compare(replacing('llama3', pattern, ''), texts);
      await compare(replacing('gemma', pattern, 'ab'), texts);
    }
    for (const Regex of ['$', '\\z', '(?<=a)', 'x+']) {
      await compare(replacing('llama3', { Regex }, 'ab'), texts);
    }
    const before = {
      type: 'Sequence',
      normalizers: [replacing('gemma', { Regex: '^' }, 'a').normalizer, { type: 'NFC' }],
    };
    await refuses({ ...tokenizerJson('gemma'), normalizer: before }, 'unsupported', /matches nothing/);
    const nothing = { type: 'Prepend', prepend: '' };
    await refuses({ ...tokenizerJson('qwen2'), normalizer: nothing }, 'unsupported', /prepends nothing/);
  });

  it('puts a prefix before the first piece alone only where no several characters were replaced', async () => {
    const texts = ['   a🍌', '  ', 'a  b', 'ßa'];
    await refuses(
      replacing('mistral', { String: '  ' }, 'ab'),
      'unsupported',
      /before the first piece alone/,
    );
    await refuses(
      replacing('mistral', { Regex: '(?i)ß' }, 'ab'),
      'unsupported',
      /before the first piece alone/,
    );
    await compare(replacing('mistral', { String: '  ' }, ''), texts);
    await compare(replacing('mistral', { Regex: '[ aß]' }, 'ab'), texts);
  });

  it('may split at nothing', async () => {
    for (const pattern of [{ String: '' }, { Regex: '' }]) {
      const json = structuredClone(tokenizerJson('gemma'));
      json.pre_tokenizer = { type: 'Split', pattern, behavior: 'Isolated', invert: false };
      await compare(json, ['abc the', '🍌🍌']);
    }
  });
});
