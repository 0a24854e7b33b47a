import assert from 'node:assert/strict';
import { charactersBegun } from '../../../src/core/tokenFacts/charactersBegun';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { seededTexts } from '../tokenizer/seededTexts';

const tokenizer = Gpt2Tokenizer.shared();
const charactersOf = (text: string): number[] =>
  tokenizer.encode(text).map((id) => charactersBegun(tokenizer.tokenBytes(id)));

describe('characters that begin in a token', () => {
  it('are all of one that has whole characters, its space among them', () => {
    assert.deepEqual(charactersOf(' apple'), [6]);
    assert.deepEqual(charactersOf(' banana,'), [7, 1]);
  });

  it('are the first token’s where several share a character', () => {
    assert.deepEqual(charactersOf('🍌'), [1, 0, 0]);
  });

  it('are together those of the text, in 500 seeded texts', () => {
    for (const text of seededTexts(500, 77)) {
      const sum = charactersOf(text).reduce((all, count) => all + count, 0);
      assert.equal(sum, Array.from(text).length, JSON.stringify(text));
    }
  });
});
