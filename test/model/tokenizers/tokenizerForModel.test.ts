import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { DocumentTokens } from '../../../src/core/tokenizer/documentTokens';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { resolveQuery } from '../../../src/editor/query/resolveQuery';
import { openEmbeddingSource } from '../../../src/model/embeddingSource';
import type { ModelIdentity } from '../../../src/model/modelLocation';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { tokenizerForModel, vocabularyWarning } from '../../../src/model/tokenizers/tokenizerForModel';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { makeModelFolder } from '../../fixtures/tokenizers/modelFolder';
import { TOKENIZER_STYLES, tokenizerJson } from '../../fixtures/tokenizers/tokenizerStyles';
import { rebuildPublishedFiles } from '../../unit/tokenizer/publishedFiles';

describe('tokenizerForModel', () => {
  const inFolder = useTemporaryFolder();

  const identityOf = async (folder: string): Promise<ModelIdentity> => {
    const source = await openEmbeddingSource({ kind: 'folder', path: folder });
    await source.close();
    return source.identity;
  };

  for (const style of TOKENIZER_STYLES) {
    it(`opens a stand-in in the style of ${style}, whose rows are enough for its tokens`, async () => {
      const model = await makeModelFolder(style, inFolder(style));
      const identity = await identityOf(model.folder);
      assert.deepEqual(
        [identity.path, identity.tensorName, identity.dtype, identity.rowCount, identity.dimension],
        [model.checkpointFile, model.tensorName, model.dtype, model.rowCount, model.dimension],
      );
      const tokenizer = await tokenizerForModel(identity, loadTokenizer);
      assert.equal(tokenizer.name, style);
      const ids = Object.values(tokenizerJson(style).model.vocab);
      assert.ok(tokenizer.vocabularySize > Math.max(...ids) && tokenizer.vocabularySize < identity.rowCount);
      assert.equal(vocabularyWarning(tokenizer, identity), undefined);
    });
  }

  it("gives GPT-2's for the sample vectors, for a checkpoint alone, and beside its own tokenizer.json", async () => {
    const sample = await openEmbeddingSource({ kind: 'sample' });
    assert.equal(await tokenizerForModel(sample.identity, loadTokenizer), Gpt2Tokenizer.shared());
    assert.equal(vocabularyWarning(Gpt2Tokenizer.shared(), sample.identity), undefined);
    await sample.close();

    const model = await makeModelFolder('pythia', inFolder('model'));
    const identity = await identityOf(model.folder);
    await fs.writeFile(model.tokenizerFile, rebuildPublishedFiles().tokenizerJson);
    assert.equal(await tokenizerForModel(identity, loadTokenizer), Gpt2Tokenizer.shared());
    await fs.rm(model.tokenizerFile);
    assert.equal(
      await tokenizerForModel({ ...identity, tensorName: 'transformer.wte.weight' }, loadTokenizer),
      Gpt2Tokenizer.shared(),
    );
  });

  describe('without a tokenizer.json', () => {
    const GPT2_LIKE = {
      isSample: false,
      isVerified: false,
      name: 'm',
      tensorName: 'wte.weight',
      rowCount: 50_257,
    } as const;
    const vocabulary = rebuildPublishedFiles().vocabJson;

    const judge = async (
      files: Readonly<Record<string, string>>,
      more: Partial<ModelIdentity> = {},
    ): Promise<string | undefined> => {
      for (const [name, content] of Object.entries(files)) {
        await fs.writeFile(inFolder(name), content);
      }
      const model = { ...GPT2_LIKE, path: inFolder('model.safetensors'), ...more };
      const tokenizer = await tokenizerForModel(model, loadTokenizer);
      assert.equal(tokenizer === Gpt2Tokenizer.shared(), tokenizer.missing === undefined);
      assert.equal(vocabularyWarning(tokenizer, model), tokenizer.missing);
      return tokenizer.missing;
    };

    const against: readonly (readonly [
      what: string,
      files: Readonly<Record<string, string>>,
      more: Partial<ModelIdentity>,
      why: RegExp,
    ])[] = [
      [
        'the name of the tensor',
        {},
        { tensorName: 'gpt_neox.embed_in.weight', rowCount: 50_304 },
        /named gpt_neox\.embed_in/,
      ],
      ['another name', {}, { tensorName: 'backbone.embeddings.weight', rowCount: 50_280 }, /named backbone/],
      [
        "the model's type",
        { 'config.json': '{"model_type":"mpt"}' },
        { rowCount: 50_432 },
        /of the type mpt/,
      ],
      [
        'the vocabulary size',
        { 'config.json': '{"model_type":"gpt2","vocab_size":42001}' },
        {},
        /42,001 tokens/,
      ],
      ['a SentencePiece model', { 'tokenizer.model': 'x' }, {}, /tokenizer\.model lies beside it/],
      ["Mistral's tokenizer", { 'tekken.json': '{}' }, {}, /tekken\.json lies beside it/],
      ["ChatGLM's tokenizer", { 'ice_text.model': 'x' }, {}, /ice_text\.model lies beside it/],
      ['a version of it', { 'tokenizer.model.v3': 'x' }, {}, /tokenizer\.model\.v3 lies beside it/],
      ["RWKV's vocabulary", { 'rwkv_vocab_v20230424.txt': 'x' }, {}, /rwkv_vocab_v20230424\.txt lies/],
      [
        "its tokenizer's class",
        { 'tokenizer_config.json': '{"tokenizer_class":"GPTNeoXTokenizerFast"}' },
        { rowCount: 50_304 },
        /tokenizer_config\.json says that its tokenizer is GPTNeoXTokenizerFast/,
      ],
      ['another vocabulary', { 'vocab.json': '{"a":0}' }, {}, /vocab\.json beside it is not that of GPT-2/],
      [
        'a vocabulary in another order',
        { 'vocab.json': vocabulary.replace(/"!": ?0/, '"!": 1') },
        {},
        /vocab\.json/,
      ],
      ['the number of rows', {}, { rowCount: 128_256 }, /128,256 rows/],
    ];
    for (const [what, files, more, why] of against) {
      it(`GPT-2's is not taken where ${what} speaks against it, and it is said what is missing`, async () => {
        const missing = await judge(files, more);
        assert.match(missing ?? '', why);
        assert.match(missing ?? '', /not at hand.*shown by number.*tokenizer\.json of the same model/);
      });
    }

    for (const [what, files, more] of [
      ['nothing lies beside it', {}, {}],
      [
        "its tokenizer's class is GPT-2's",
        { 'tokenizer_config.json': '{"tokenizer_class":"GPT2Tokenizer"}' },
        {},
      ],
      ['a tokenizer_config.json says nothing', { 'tokenizer_config.json': '{"tokenizer_class":7' }, {}],
      ['its rows are padded', {}, { rowCount: 50_304 }],
      ['the config is that of GPT-2', { 'config.json': '{"model_type":"gpt2","vocab_size":50257}' }, {}],
      [
        'the config is that of GPT-J',
        { 'config.json': '{"model_type":"gptj","vocab_size":50400}' },
        { rowCount: 50_400 },
      ],
      [
        "the vocabulary is GPT-2's",
        { 'vocab.json': vocabulary },
        { tensorName: 'model.embed_tokens.weight' },
      ],
      ['its values are those of GPT-2', { 'tokenizer.model': 'x' }, { isVerified: true }],
      ['somebody named its tensor', {}, { tensorName: 'my.matrix' }],
    ] as const) {
      it(`GPT-2's is taken where ${what}`, async () => {
        assert.equal(await judge(files, more), undefined);
      });
    }

    it('no text names a row, and rows are shown by their numbers', async () => {
      await judge({ 'tokenizer.model': 'x' });
      const tokenizer = await tokenizerForModel(
        { ...GPT2_LIKE, path: inFolder('model.safetensors') },
        loadTokenizer,
      );
      for (const line of ['Mike', '" Mike"', 'king - man', 'mean(#1, a)']) {
        const view = resolveQuery(tokenizer, { text: line, form: 'automatic', vector: 'mean' }, 50_257)?.view;
        assert.equal(view?.syntaxError?.message, tokenizer.missing, line);
      }
      const asked = resolveQuery(tokenizer, { text: '#12', form: 'automatic', vector: 'mean' }, 50_257);
      assert.deepEqual(asked?.terms, [{ id: 12, weight: 1 }]);
      assert.deepEqual([asked.view.pieces[0]?.plain, asked.view.pieces[0]?.spoken], ['#12', 'row 12']);
      const document = new DocumentTokens(tokenizer, 'a text');
      while (!document.isComplete) {
        document.advance();
      }
      assert.deepEqual([document.count, document.tokensIn(0, 6)], [0, []]);
    });
  });

  it('does not fall back when the tokenizer.json cannot be used', async () => {
    const model = await makeModelFolder('gemma', inFolder('model'));
    await fs.writeFile(model.tokenizerFile, '{"model":{"type":"Unigram"}}');
    await rejectsCheckpoint(tokenizerForModel(await identityOf(model.folder), loadTokenizer), {
      reason: 'unsupported',
      source: path.join(model.folder, 'tokenizer.json'),
    });
  });

  it('warns of tokens without a row', () => {
    const gpt2 = Gpt2Tokenizer.shared();
    assert.match(vocabularyWarning(gpt2, { rowCount: 50_256 }) ?? '', /50,257 tokens .* only 50,256 rows/);
    assert.equal(vocabularyWarning(gpt2, { rowCount: 50_257 }), undefined);
    assert.equal(vocabularyWarning(gpt2, { rowCount: 50_304 }), undefined);
  });
});
