import assert from 'node:assert/strict';
import { TOKEN_KINDS, tokenKinds } from '../../../../src/core/query/mapLabels/tokenKinds';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';

describe('tokenKinds', () => {
  const tokenizer = Gpt2Tokenizer.shared();
  const kinds = tokenKinds(tokenizer);

  /** The kind of a text that is one token. */
  function kindOf(text: string): string | undefined {
    const ids = tokenizer.encode(text, { special: true });
    assert.equal(ids.length, 1, text);
    return TOKEN_KINDS[kinds[ids[0] ?? NaN] ?? NaN];
  }

  it('tell words, pieces of words, numbers, signs and what is none of them', () => {
    const expected = {
      ' banana': 'spaced',
      ' Mike': 'spaced',
      Mike: 'word',
      apple: 'word',
      acy: 'piece',
      '19': 'number',
      ' 100': 'number',
      '!!': 'sign',
      ' {': 'sign',
      '\n': 'sign',
      ' ': 'sign',
      '<|endoftext|>': 'other',
      и: 'other',
      の: 'other',
    };
    for (const [text, kind] of Object.entries(expected)) {
      assert.equal(kindOf(text), kind, JSON.stringify(text));
    }
  });

  it('are one for each token', () => {
    assert.equal(kinds.length, 50257);
    assert.ok(kinds.every((kind) => kind < TOKEN_KINDS.length));
    // A byte that no text begins with.
    const fragment = [...kinds.keys()].find((id) => tokenizer.tokenBytes(id)[0] === 0xc0);
    assert.equal(TOKEN_KINDS[kinds[fragment ?? NaN] ?? NaN], 'other');
  });
});
