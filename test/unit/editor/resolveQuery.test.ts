import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { queryForToken, resolveQuery } from '../../../src/editor/panel/resolveQuery';
import type { QueryMemento } from '../../../src/protocol/panelMessages';

const tokenizer = Gpt2Tokenizer.shared();
const word = (text: string, rest: Partial<QueryMemento> = {}): QueryMemento => ({
  text,
  form: 'bare',
  vector: 'mean',
  ...rest,
});
const idsOf = (query: QueryMemento): number[] | undefined =>
  resolveQuery(tokenizer, query)?.terms.map(({ id }) => id);

describe('query of a panel', () => {
  it('searches the bare word by default', () => {
    assert.deepEqual(idsOf(word('Mike')), [16073]);
  });

  it('searches the word with a leading space, or as it stands in the document', () => {
    assert.deepEqual(idsOf(word('Mike', { form: 'leadingSpace' })), [4995]);
    const context = { text: 'met Mike.', start: 4, end: 8, line: 12 };
    assert.deepEqual(idsOf(word('Mike', { form: 'inDocument', context })), [4995]);
  });

  it('falls back to the bare word where no document is known', () => {
    assert.deepEqual(idsOf(word('Mike', { form: 'inDocument' })), [16073]);
  });

  it('searches a word of several tokens by their mean, or one piece alone', () => {
    const mean = resolveQuery(tokenizer, word('banana'));
    assert.deepEqual(mean?.terms, [
      { weight: 0.5, id: 3820 },
      { weight: 0.5, id: 2271 },
    ]);
    assert.deepEqual(
      mean.view.vectors.map(({ choice, selected }) => [choice, selected]),
      [
        ['mean', true],
        [0, false],
        [1, false],
      ],
    );
    assert.deepEqual(resolveQuery(tokenizer, word('banana', { vector: 1 }))?.terms, [
      { weight: 1, id: 2271 },
    ]);
  });

  it('falls back to the mean for a piece that the word does not have', () => {
    assert.deepEqual(idsOf(word('banana', { vector: 7 })), [3820, 2271]);
  });

  it('offers no forms for a token id and for a quoted string', () => {
    assert.deepEqual(resolveQuery(tokenizer, word('#4995'))?.view.forms, []);
    assert.deepEqual(idsOf(word('" Mike"')), [4995]);
  });

  it('resolves nothing of an empty line', () => {
    assert.equal(resolveQuery(tokenizer, word('  ')), undefined);
  });

  it('has for every token of the vocabulary a line that means exactly that token', () => {
    for (let id = 0; id < tokenizer.vocabularySize; id++) {
      assert.deepEqual(idsOf(queryForToken(tokenizer, id)), [id]);
    }
  });

  it('shows rows beyond the vocabulary by their number', () => {
    assert.equal(queryForToken(tokenizer, 50_300).text, '#50300');
    assert.equal(resolveQuery(tokenizer, word('#50300'))?.view.pieces[0]?.plain, '#50300');
  });
});
