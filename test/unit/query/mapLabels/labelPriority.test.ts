import assert from 'node:assert/strict';
import { labelOrder, labelPriority } from '../../../../src/core/query/mapLabels/labelPriority';
import { TOKEN_KINDS, tokenKinds } from '../../../../src/core/query/mapLabels/tokenKinds';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import { finish } from '../../../../src/core/work/steps';

describe('labelPriority', () => {
  it('is the merge rank, with what means little alone put back', () => {
    const expected = [
      ['spaced', ' banana', 0],
      ['spaced', '␣of', 15_000],
      ['word', 'apple', 3_000],
      ['word', 'of', 18_000],
      ['piece', 'acy', 60_000],
      ['piece', 'ac', 75_000],
      ['number', '19', 2_000],
      ['sign', '!!', 20_000],
      ['other', '\\xe4', 70_000],
      ['other', 'の', 70_000],
    ] as const;
    for (const [kind, text, putBack] of expected) {
      assert.equal(labelPriority(500, text, TOKEN_KINDS.indexOf(kind)), 500 + putBack, text);
    }
    assert.equal(labelPriority(7, 'x', 99), 70_007);
  });

  it('names common words of GPT-2 first', () => {
    const tokenizer = Gpt2Tokenizer.shared();
    const texts = Array.from({ length: tokenizer.vocabularySize }, (_, id) => tokenizer.decode([id]));
    const order = finish(labelOrder(texts, tokenKinds(tokenizer)));
    assert.deepEqual(
      [...order.subarray(0, 4)].map((id) => texts[id]),
      [' the', ' and', ' that', ' for'],
    );
    assert.equal(new Set(order).size, texts.length);
    // London is a word by itself, too; ondon is none.
    const rankOf = (text: string): number => order.indexOf(texts.indexOf(text));
    assert.ok(rankOf(' London') < rankOf('London') && rankOf('London') < rankOf('ondon'));
  });
});

describe('labelOrder', () => {
  it('sorts by priority, of equal ones the lower id first', () => {
    const kindOf = (id: number): number => (id * 7919) % (TOKEN_KINDS.length + 1);
    // 3,000 and 2,000 put back give equal priorities.
    const texts = Array.from({ length: 4_000 }, (_, id) => 'x'.repeat(1 + (id % 5)));
    const kinds = Uint8Array.from(texts, (_, id) => kindOf(id));
    const priorityOf = (id: number): number => labelPriority(id, texts[id] ?? '', kindOf(id));
    const expected = [...texts.keys()].sort((a, b) => priorityOf(a) - priorityOf(b) || a - b);
    assert.deepEqual([...finish(labelOrder(texts, kinds))], expected);
  });
});
