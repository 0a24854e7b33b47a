import assert from 'node:assert/strict';
import { formulaTerms, type FormulaTerms } from '../../../src/core/query/formula/formulaTerms';
import type { WordFormChoice } from '../../../src/core/query/formula/wordForm';
import { parseFormula } from '../../../src/core/query/formula/parseFormula';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';

const tokenizer = Gpt2Tokenizer.shared();

function resolve(line: string, form: WordFormChoice = 'bare', idCount?: number): FormulaTerms {
  const parsed = parseFormula(line);
  assert.ok(parsed?.kind === 'formula', line);
  return formulaTerms(parsed.formula, tokenizer, form, idCount);
}

function termsOf(line: string, form?: WordFormChoice): FormulaTerms & { readonly kind: 'terms' } {
  const resolved = resolve(line, form);
  assert.ok(resolved.kind === 'terms', JSON.stringify(resolved));
  return resolved;
}

describe('terms of a formula', () => {
  // Ids as published for GPT-2: ban 3820, ana 2271, Mike 16073, " Mike" 4995, " banana" 25996.
  it('weigh the tokens of a text alike', () => {
    assert.deepEqual(termsOf('2*banana').terms, [
      { id: 3820, weight: 1 },
      { id: 2271, weight: 1 },
    ]);
    assert.deepEqual(termsOf('mean(banana, #5)').terms, [
      { id: 3820, weight: 0.25 },
      { id: 2271, weight: 0.25 },
      { id: 5, weight: 0.5 },
    ]);
  });

  it('give bare words, and only them, the chosen form', () => {
    assert.deepEqual(
      termsOf('Mike - "Mike" + banana', 'leadingSpace').operands.map(({ text, ids, weight }) => ({
        text,
        ids,
        weight,
      })),
      [
        { text: ' Mike', ids: [4995], weight: 1 },
        { text: 'Mike', ids: [16073], weight: -1 },
        { text: ' banana', ids: [25996], weight: 1 },
      ],
    );
  });

  it('name each operand with its place in the line and what it became', () => {
    const { operands } = termsOf('-( " Mike" - 3*#5)');
    assert.deepEqual(
      operands.map(({ node: { start, end }, ids, text, weight }) => ({ start, end, ids, text, weight })),
      [
        { start: 3, end: 10, ids: [4995], text: ' Mike', weight: -1 },
        { start: 15, end: 17, ids: [5], text: undefined, weight: 3 },
      ],
    );
  });

  it('take the form of each word that is fewer tokens, and the one with a space where both are as many', () => {
    const automatic = termsOf('Mike - banana + "man" + cosmic + UTF', 'automatic');
    assert.deepEqual(
      automatic.operands.map(({ text }) => text),
      [' Mike', ' banana', 'man', ' cosmic', ' UTF'],
    );
    // " lua" is two tokens, "lua" one.
    assert.deepEqual(termsOf('lua - Mike', 'automatic').operands[0]?.ids, tokenizer.encode('lua'));
  });

  it('point at an id outside the vocabulary', () => {
    assert.deepEqual(resolve('king - #50257'), {
      kind: 'error',
      error: { message: 'There is no token 50257: ids go from 0 to 50256.', start: 7, end: 13 },
    });
    assert.equal(resolve('king - #50257', 'bare', 50304).kind, 'terms');
    assert.equal(resolve('#50256').kind, 'terms');
  });

  it('point at weights beyond what numbers hold, and at formulas that cancel out', () => {
    const tooLarge = resolve('x + 1e200*(1e200*y)');
    assert.ok(tooLarge.kind === 'error');
    assert.deepEqual([tooLarge.error.start, tooLarge.error.end], [17, 18]);
    for (const line of ['Mike - Mike', '0*Mike', 'mean(Mike, -#16073)', '2*Mike - Mike - Mike']) {
      const nothing = resolve(line);
      assert.ok(nothing.kind === 'error', line);
      assert.deepEqual([nothing.error.start, nothing.error.end], [0, line.length]);
    }
    assert.equal(resolve('Mike - " Mike"').kind, 'terms');
  });

  it('point at a text of which the tokenizer makes nothing', () => {
    const parsed = parseFormula('a - b');
    assert.ok(parsed?.kind === 'formula');
    const dropsLetterB = {
      name: 'drops b',
      vocabularySize: 10,
      encode: (text: string) => (text === 'b' ? [] : [1]),
      encodeWithOffsets: () => ({ ids: [], offsets: [] }),
      decode: () => '',
      hasToken: () => true,
      tokenBytes: () => new Uint8Array(),
    };
    const resolved = formulaTerms(parsed.formula, dropsLetterB, 'bare');
    assert.ok(resolved.kind === 'error');
    assert.deepEqual([resolved.error.start, resolved.error.end], [4, 5]);
  });
});
