import assert from 'node:assert/strict';
import { visibleTexts } from '../../../../../src/core/query/filters/visibleTexts';
import { TOKEN_KINDS, tokenKinds } from '../../../../../src/core/query/mapLabels/tokenKinds';
import { Gpt2Tokenizer } from '../../../../../src/core/tokenizer/gpt2Tokenizer';
import { dictionaryOf } from '../../../labels/dictionaryOf';
import { mapTokens } from '../../../../../src/editor/panel/map/mapTokens';

const tokenizer = Gpt2Tokenizer.shared();

describe('tokens of the map', () => {
  it('are the same a slice at a time as at a stretch', async () => {
    const { texts, kinds } = await mapTokens(tokenizer, tokenizer.vocabularySize);
    assert.deepEqual(texts.split('\n'), visibleTexts(tokenizer));
    assert.deepEqual(kinds, tokenKinds(tokenizer));
  });

  it('are as many as rows, whatever the tokenizer has', async () => {
    const more = await mapTokens(tokenizer, tokenizer.vocabularySize + 3);
    const texts = more.texts.split('\n');
    assert.equal(texts.length, tokenizer.vocabularySize + 3);
    assert.deepEqual(texts.slice(-3), ['', '', '']);
    assert.deepEqual([...more.kinds.slice(-3)], Array(3).fill(TOKEN_KINDS.indexOf('other')));
    const fewer = await mapTokens(tokenizer, 5);
    assert.deepEqual(fewer.texts.split('\n'), visibleTexts(tokenizer).slice(0, 5));
    assert.equal(fewer.kinds.length, 5);
  });

  it('are cut where a token is longer than anybody reads', async () => {
    const long = new TextEncoder().encode('long\n'.repeat(100_000));
    const { texts } = await mapTokens(
      {
        name: 'long',
        vocabularySize: 2,
        hasToken: () => true,
        encode: () => [],
        encodeWithOffsets: () => ({ ids: [], offsets: [] }),
        decode: () => 'long\n'.repeat(100_000),
        tokenBytes: () => long,
      },
      2,
    );
    const [first, second, ...others] = texts.split('\n');
    assert.deepEqual(others, []);
    assert.equal(first, second);
    assert.ok((first?.length ?? 0) < 200 && first?.includes('500,000 bytes'));
  });

  it('tells words from numbers and signs where rows are words, and no pieces of words', async () => {
    const words = dictionaryOf(['the', 'New York', "don't", '1984', '...', '東京', 'covid-19']);
    const { kinds, texts } = await mapTokens(words, 8);
    assert.deepEqual(
      Array.from(kinds, (kind) => TOKEN_KINDS[kind]),
      ['word', 'word', 'word', 'number', 'sign', 'other', 'sign', 'other'],
    );
    assert.equal(texts, "the\nNew␣York\ndon't\n1984\n...\n東京\ncovid-19\n");
  });
});
