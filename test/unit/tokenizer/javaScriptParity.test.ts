import assert from 'node:assert/strict';
import { Tokenizer } from '@huggingface/tokenizers';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { rebuildPublishedFiles } from './publishedFiles';
import { seededTexts } from './seededTexts';

/** Where JavaScript's `\s`, which that package uses, is not the White_Space of the published pattern. */
const WHITE_SPACE_OF_JAVASCRIPT_DIFFERS = /[\u0085\ufeff]/;

describe('Ids equal those of @huggingface/tokenizers, the engine of transformers.js', () => {
  const tokenizer = Gpt2Tokenizer.shared();
  let peer: Tokenizer;

  before(() => {
    const document: unknown = JSON.parse(rebuildPublishedFiles().tokenizerJson);
    assert.ok(typeof document === 'object' && document !== null);
    // The settings of tokenizer_config.json that were published with GPT-2.
    peer = new Tokenizer(document, { add_prefix_space: false, tokenizer_class: 'GPT2Tokenizer' });
  });

  it('on 1,500 seeded texts, special tokens included', () => {
    let compared = 0;
    for (const text of seededTexts(1_800, 22)) {
      if (!WHITE_SPACE_OF_JAVASCRIPT_DIFFERS.test(text)) {
        const actual = tokenizer.encode(text, { special: true });
        assert.deepEqual(actual, peer.encode(text).ids, JSON.stringify(text));
        compared++;
      }
    }
    assert.ok(compared >= 1_500, `${compared} texts compared`);
  });
});
