import assert from 'node:assert/strict';
import { KnownTokens } from '../../../../../src/editor/panel/map/knownTokens';
import type { VocabularySlice } from '../../../../../src/editor/vocabulary/vocabularySlice';
import { ROWS, tokenizer } from './scriptedSession';

describe('tokens that are worked out once', () => {
  it('are those of a tokenizer and a number of rows', async () => {
    const known = new KnownTokens();
    const tokens = await known.of(tokenizer, ROWS);
    assert.equal(tokens.kinds.length, ROWS);
    assert.equal(await known.of(tokenizer, ROWS), tokens);
    const more = await known.of(tokenizer, ROWS + 1);
    assert.equal(more.kinds.length, ROWS + 1);
    const other: VocabularySlice = Object.create(tokenizer) as VocabularySlice;
    assert.notEqual(await known.of(other, ROWS + 1), more);
  });

  it('are tried again after they have failed', async () => {
    const known = new KnownTokens();
    let isBroken = true;
    const broken = Object.create(tokenizer, {
      tokenBytes: {
        value: (id: number) => {
          if (isBroken) {
            throw new RangeError('no bytes');
          }
          return tokenizer.tokenBytes(id);
        },
      },
    }) as VocabularySlice;
    await assert.rejects(known.of(broken, ROWS), /no bytes/);
    isBroken = false;
    assert.equal((await known.of(broken, ROWS)).kinds.length, ROWS);
  });
});
