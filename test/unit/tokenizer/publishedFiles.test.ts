import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rebuildPublishedFiles } from './publishedFiles';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('The shipped merges rebuild the files published with GPT-2', () => {
  const files = rebuildPublishedFiles();

  it('vocab.json has the published SHA-256', () => {
    assert.equal(sha256(files.vocabJson), '196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783');
  });

  it('merges.txt has the published SHA-256', () => {
    assert.equal(sha256(files.mergesTxt), '1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5');
  });

  it('tokenizer.json has the published SHA-256', () => {
    assert.equal(
      sha256(files.tokenizerJson),
      '8414cab924d8b9b33013f0d221c5862f365ee9be39c5c2bfae8a5a9e970478a6',
    );
  });
});
