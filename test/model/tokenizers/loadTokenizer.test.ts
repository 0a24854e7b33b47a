import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { MAX_VOCABULARY_SIZE } from '../../../src/model/tokenizers/bpeModel';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { MAX_TOKENIZER_BYTES } from '../../../src/model/tokenizers/readTokenizerFile';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { largeTokenizerJson } from '../../fixtures/tokenizers/largeTokenizer';
import { RustTokenizer } from '../../fixtures/tokenizers/rustTokenizer';
import { addedToken, type TokenizerJson, tokenizerJson } from '../../fixtures/tokenizers/tokenizerStyles';
import { rebuildPublishedFiles } from '../../unit/tokenizer/publishedFiles';

describe('loadTokenizer', () => {
  const inFolder = useTemporaryFolder();

  const write = async (content: string | Uint8Array): Promise<string> => {
    const file = inFolder('tokenizer.json');
    await fs.writeFile(file, content);
    return file;
  };

  describe("recognizes GPT-2's own", () => {
    const gpt2 = (): TokenizerJson => JSON.parse(rebuildPublishedFiles().tokenizerJson) as TokenizerJson;

    it('by the published bytes', async () => {
      assert.equal(
        await loadTokenizer(await write(rebuildPublishedFiles().tokenizerJson)),
        Gpt2Tokenizer.shared(),
      );
    });

    it('in the layout of later versions of the library', async () => {
      const json = gpt2();
      const merges = json.model.merges.map((merge) => String(merge).split(' '));
      const later = {
        ...json,
        pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
        model: { ...json.model, type: 'BPE', byte_fallback: false, ignore_merges: false, merges },
      };
      const file = await write(JSON.stringify(later, undefined, 2));
      assert.equal(await loadTokenizer(file), Gpt2Tokenizer.shared());
    });

    it('and takes nothing else for it', async () => {
      const json = gpt2();
      const swapped = [...json.model.merges] as string[];
      [swapped[0], swapped[1]] = [swapped[1] ?? '', swapped[0] ?? ''];
      const others: readonly unknown[] = [
        { ...json, model: { ...json.model, merges: swapped } },
        { ...json, normalizer: { type: 'NFC' } },
        { ...json, pre_tokenizer: { type: 'ByteLevel', add_prefix_space: true } },
        { ...json, added_tokens: [...json.added_tokens, addedToken(50_257, '<mine>', {})] },
      ];
      for (const other of others) {
        const tokenizer = await loadTokenizer(await write(JSON.stringify(other)));
        assert.notEqual(tokenizer, Gpt2Tokenizer.shared());
      }
    });
  });

  it('reads a file of the first versions, whose model has no type', async () => {
    const json = tokenizerJson('pythia');
    const { type, byte_fallback, ignore_merges, ...model } = json.model;
    assert.deepEqual([type, byte_fallback, ignore_merges], ['BPE', false, false]);
    const tokenizer = await loadTokenizer(await write(JSON.stringify({ ...json, model })));
    const whole = await loadTokenizer(await write(JSON.stringify(json)));
    assert.deepEqual(tokenizer.encode('A banana is yellow.'), whole.encode('A banana is yellow.'));
  });

  it('is named after the folder, the repository, or as the caller says', async () => {
    const content = JSON.stringify(tokenizerJson('pythia'));
    const snapshot = inFolder('models--EleutherAI--pythia-70m', 'snapshots', 'abc');
    const plain = inFolder('my-model');
    for (const folder of [snapshot, plain]) {
      await fs.mkdir(folder, { recursive: true });
      await fs.writeFile(`${folder}/tokenizer.json`, content);
    }
    assert.equal((await loadTokenizer(`${snapshot}/tokenizer.json`)).name, 'EleutherAI/pythia-70m');
    assert.equal((await loadTokenizer(`${plain}/tokenizer.json`)).name, 'my-model');
    assert.equal((await loadTokenizer(`${plain}/tokenizer.json`, { name: 'Mine' })).name, 'Mine');
  });

  it('loads 128,256 tokens like the Rust library', async () => {
    const json = largeTokenizerJson();
    const tokenizer = await loadTokenizer(await write(JSON.stringify(json)));
    assert.equal(tokenizer.vocabularySize, 128_256);
    const text = 'Hello <|reserved_special_token_255|> wörld, 漢字 1234567!';
    assert.deepEqual(
      tokenizer.encodeWithOffsets(text, { special: true }),
      await new RustTokenizer(json).encode(text, true),
    );
    assert.equal(tokenizer.encode(text, { special: true }).includes(128_255), true);
  });

  it('stops when the signal says so', async () => {
    const file = await write(JSON.stringify(tokenizerJson('pythia')));
    const reason = new Error('not needed any more');
    await assert.rejects(
      loadTokenizer(file, { signal: AbortSignal.abort(reason) }),
      (error) => error === reason,
    );
  });

  describe('refuses, naming the file and the reason,', () => {
    const base = tokenizerJson('llama3');
    const sentencePiece = tokenizerJson('llama2');
    const withModel = (model: Record<string, unknown>, json: TokenizerJson = base): unknown => ({
      ...json,
      model: { ...json.model, ...model },
    });
    const without = (vocab: Record<string, number>, ...tokens: string[]): Record<string, number> =>
      Object.fromEntries(Object.entries(vocab).filter(([token]) => !tokens.includes(token)));
    const nested = (type: string, key: string, depth: number): unknown =>
      depth === 0 ? { type: 'NFC' } : { type, [key]: [nested(type, key, depth - 1)] };
    const split = (pattern: unknown): unknown => ({
      ...base,
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Split', pattern, behavior: 'Isolated', invert: false },
          { type: 'ByteLevel', use_regex: false },
        ],
      },
    });
    const { vocab } = base.model;
    const refused: readonly (readonly [
      what: string,
      reason: 'malformed' | 'unsupported' | 'too-large',
      json: unknown,
      message?: RegExp,
    ])[] = [
      ['no object', 'malformed', [1, 2]],
      ['null', 'malformed', null],
      ['an empty object', 'malformed', {}, /no object "model"/],
      ['a model without vocabulary', 'malformed', withModel({ vocab: undefined }), /vocabulary/],
      ['an empty vocabulary', 'malformed', withModel({ vocab: {} }), /empty/],
      ['a vocabulary that is a list', 'malformed', withModel({ vocab: [['a', 1]] }), /vocabulary/],
      ['an id that is a text', 'malformed', withModel({ vocab: { ...vocab, x: '1' } }), /"x"/],
      ['a negative id', 'malformed', withModel({ vocab: { ...vocab, x: -1 } })],
      ['a fractional id', 'malformed', withModel({ vocab: { ...vocab, x: 0.5 } })],
      ['an enormous id', 'malformed', withModel({ vocab: { ...vocab, x: MAX_VOCABULARY_SIZE } }), /limit/],
      ['two tokens with one id', 'malformed', withModel({ vocab: { ...vocab, xyzzy: 5 } }), /two tokens/],
      ['merges that are no list', 'malformed', withModel({ merges: {} }), /merges/],
      ['missing merges', 'malformed', withModel({ merges: undefined }), /merges/],
      ['a merge of three', 'malformed', withModel({ merges: ['a b c'] }), /merge 0/],
      ['a merge of one', 'malformed', withModel({ merges: [['a']] }), /merge 0/],
      ['a merge of numbers', 'malformed', withModel({ merges: [[1, 2]] }), /merge 0/],
      ['a merge of unknown tokens', 'malformed', withModel({ merges: ['a ☃'] }), /"☃"/],
      ['a merge into an unknown token', 'malformed', withModel({ merges: ['~ ~'] }), /"~~"/],
      ['WordPiece', 'unsupported', withModel({ type: 'WordPiece' }), /"WordPiece"/],
      ['Unigram', 'unsupported', withModel({ type: 'Unigram' }), /"Unigram"/],
      ['WordLevel', 'unsupported', withModel({ type: 'WordLevel' }), /"WordLevel"/],
      ['a model type that is a number', 'unsupported', withModel({ type: 7 })],
      ['random merging', 'unsupported', withModel({ dropout: 0.1 }), /dropout/],
      [
        'marked ends of words',
        'unsupported',
        withModel({ end_of_word_suffix: '</w>' }),
        /end_of_word_suffix/,
      ],
      ['a byte without token', 'unsupported', withModel({ vocab: without(vocab, 'ł'), merges: [] }), /"ł"/],
      [
        'byte fallback without a byte',
        'unsupported',
        withModel({ vocab: without(sentencePiece.model.vocab, '<0x0A>') }, sentencePiece),
        /<0x0A>/,
      ],
      [
        'characters without byte fallback',
        'unsupported',
        withModel({ byte_fallback: false }, sentencePiece),
        /neither byte-level/,
      ],
      [
        'an unknown normalizer',
        'unsupported',
        { ...base, normalizer: { type: 'BertNormalizer' } },
        /BertNormalizer/,
      ],
      ['a normalizer without type', 'malformed', { ...base, normalizer: {} }],
      [
        'normalizers in a deep nest',
        'unsupported',
        { ...base, normalizer: nested('Sequence', 'normalizers', 9) },
      ],
      [
        'replacements that grow without end',
        'unsupported',
        {
          ...base,
          normalizer: {
            type: 'Sequence',
            normalizers: Array(10).fill({ type: 'Replace', pattern: { String: 'a' }, content: 'aaaa' }),
          },
        },
        /many times longer/,
      ],
      ['a long prefix', 'malformed', { ...base, normalizer: { type: 'Prepend', prepend: 'x'.repeat(1000) } }],
      [
        'an unknown pre-tokenizer',
        'unsupported',
        { ...base, pre_tokenizer: { type: 'Whitespace' } },
        /"Whitespace"/,
      ],
      ['a pattern of another kind', 'malformed', split({ Glob: '*' })],
      [
        'a pattern that is no pattern',
        'malformed',
        split({ Regex: '(' }),
        /the pattern "\(" of a Split pre-tokenizer is malformed: a group has no end/,
      ],
      [
        'a pattern with a construct that is not supported',
        'unsupported',
        split({ Regex: '(a)\\1' }),
        /has a backreference \(\\1\), which is not supported/,
      ],
      [
        'a pattern that would take too long',
        'unsupported',
        split({ Regex: '(?:a{1,100}){1,100}b' }),
        /so many repetitions/,
      ],
      ['a huge pattern', 'malformed', split({ Regex: 'a?'.repeat(5000) })],
      [
        'a behavior that does not exist',
        'malformed',
        {
          ...base,
          pre_tokenizer: { type: 'Split', pattern: { String: 'a' }, behavior: 'Eaten' },
        },
      ],
      ['added tokens that are no list', 'malformed', { ...base, added_tokens: { a: 1 } }, /added_tokens/],
      ['an added token without content', 'malformed', { ...base, added_tokens: [{ id: 1 }] }],
      [
        'an added token with half a character',
        'malformed',
        {
          ...base,
          added_tokens: [addedToken(9000, '\ud800', {})],
        },
      ],
      [
        'an added token that the vocabulary knows otherwise',
        'malformed',
        {
          ...base,
          added_tokens: [addedToken(9000, 'a', {})],
        },
        /disagree/,
      ],
      [
        'an added token on an id that is taken',
        'malformed',
        { ...base, added_tokens: [addedToken(5, '<x>', {})] },
      ],
      [
        'added tokens without end',
        'too-large',
        {
          ...base,
          added_tokens: Array.from({ length: 1_000 }, (_, i) =>
            addedToken(9_000 + i, String(i).padStart(1_000, '-'), {}),
          ),
        },
      ],
      [
        'an endless added token',
        'malformed',
        { ...base, added_tokens: [addedToken(9000, 'x'.repeat(5000), {})] },
      ],
    ];
    for (const [what, reason, json, message] of refused) {
      it(what, async () => {
        const file = await write(JSON.stringify(json));
        await rejectsCheckpoint(loadTokenizer(file), {
          reason,
          source: file,
          ...(message === undefined ? {} : { message }),
        });
      });
    }

    it('text that is no JSON, and bytes that are no text', async () => {
      for (const content of [
        '',
        '{"model":',
        'version https://git-lfs.github.com/spec/v1',
        Buffer.from([0xff, 0x7b]),
      ]) {
        const file = await write(content);
        await rejectsCheckpoint(loadTokenizer(file), {
          reason: 'malformed',
          source: file,
          message: /not JSON/,
        });
      }
    });

    it('a file beyond the limit, before it is read', async () => {
      const file = await write('{}');
      await fs.truncate(file, MAX_TOKENIZER_BYTES + 1);
      await rejectsCheckpoint(loadTokenizer(file), { reason: 'too-large', source: file, message: /limit/ });
    });

    it('a folder, and nothing at all', async () => {
      await rejectsCheckpoint(loadTokenizer(inFolder()), { reason: 'unreadable', source: inFolder() });
      await rejectsCheckpoint(loadTokenizer(inFolder('none')), {
        reason: 'not-found',
        source: inFolder('none'),
      });
    });
  });
});
