import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { openEmbeddingSource } from '../../../src/model/embeddingSource';
import type { ModelIdentity } from '../../../src/model/modelLocation';
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
      const tokenizer = await tokenizerForModel(identity);
      assert.equal(tokenizer.name, style);
      const ids = Object.values(tokenizerJson(style).model.vocab);
      assert.ok(tokenizer.vocabularySize > Math.max(...ids) && tokenizer.vocabularySize < identity.rowCount);
      assert.equal(vocabularyWarning(tokenizer, identity), undefined);
    });
  }

  it("gives GPT-2's for the sample vectors, for a checkpoint alone, and beside its own tokenizer.json", async () => {
    const sample = await openEmbeddingSource({ kind: 'sample' });
    assert.equal(await tokenizerForModel(sample.identity), Gpt2Tokenizer.shared());
    assert.equal(vocabularyWarning(Gpt2Tokenizer.shared(), sample.identity), undefined);
    await sample.close();

    const model = await makeModelFolder('pythia', inFolder('model'));
    const identity = await identityOf(model.folder);
    await fs.writeFile(model.tokenizerFile, rebuildPublishedFiles().tokenizerJson);
    assert.equal(await tokenizerForModel(identity), Gpt2Tokenizer.shared());
    await fs.rm(model.tokenizerFile);
    assert.equal(await tokenizerForModel(identity), Gpt2Tokenizer.shared());
  });

  it('does not fall back when the tokenizer.json cannot be used', async () => {
    const model = await makeModelFolder('gemma', inFolder('model'));
    await fs.writeFile(model.tokenizerFile, '{"model":{"type":"Unigram"}}');
    await rejectsCheckpoint(tokenizerForModel(await identityOf(model.folder)), {
      reason: 'unsupported',
      source: path.join(model.folder, 'tokenizer.json'),
    });
  });

  it('warns of tokens without a row, and of far more rows than GPT-2 has tokens', () => {
    const gpt2 = Gpt2Tokenizer.shared();
    assert.match(vocabularyWarning(gpt2, { rowCount: 50_256 }) ?? '', /50,257 tokens .* only 50,256 rows/);
    assert.equal(vocabularyWarning(gpt2, { rowCount: 50_257 }), undefined);
    assert.equal(vocabularyWarning(gpt2, { rowCount: 50_304 }), undefined);
    assert.match(vocabularyWarning(gpt2, { rowCount: 128_256 }) ?? '', /no tokenizer\.json/);
  });
});
