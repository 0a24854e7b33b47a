import assert from 'node:assert/strict';
import { lineOfToken, queryForToken } from '../../../../src/editor/query/queryLines';
import { resolveQuery } from '../../../../src/editor/query/resolveQuery';
import { QueryCompletions } from '../../../../src/editor/vocabulary/queryCompletions';
import type { QueryMemento } from '../../../../src/protocol/panelMessages';
import { dictionaryOf } from '../../labels/dictionaryOf';

const WORDS = dictionaryOf(['the', 'frog', 'toad', 'New York', 'york', '-frog-']);

const query = (text: string, rest: Partial<QueryMemento> = {}): QueryMemento => ({
  text,
  form: 'automatic',
  vector: 'mean',
  ...rest,
});

describe('query of a panel whose rows are words', () => {
  const resolved = (text: string, rest?: Partial<QueryMemento>): ReturnType<typeof resolveQuery> =>
    resolveQuery(WORDS, query(text, rest));
  const idsOf = (text: string): number[] | undefined => resolved(text)?.terms.map(({ id }) => id);
  const complaint = (text: string): string | undefined => resolved(text)?.view.syntaxError?.message;

  it('finds a word, a label of several words, and the mean of several', () => {
    assert.deepEqual(resolved('frog')?.terms, [{ id: 1, weight: 1 }]);
    assert.equal(resolved('frog')?.tokenId, 1);
    assert.deepEqual(resolved('New York')?.terms, [{ id: 3, weight: 1 }]);
    assert.deepEqual(resolved('the frog')?.terms, [
      { id: 0, weight: 0.5 },
      { id: 1, weight: 0.5 },
    ]);
  });

  it('has no forms, wherever the word comes from', () => {
    const context = { text: 'a frog, please', start: 2, end: 6, line: 1 };
    for (const form of ['automatic', 'bare', 'leadingSpace', 'inDocument'] as const) {
      const { view, terms } = resolved('frog', { form, context }) ?? {};
      assert.deepEqual([view?.forms, terms?.map(({ id }) => id)], [[], [1]], form);
    }
  });

  it('says which word is not found, and that nothing is searched for the others', () => {
    assert.equal(complaint('newt'), '"newt" is not among the 6 labels of some vectors.');
    assert.equal(complaint('Frog'), '"Frog" is not among the 6 labels of some vectors; "frog" is.');
    assert.equal(complaint('the newt'), '"newt" is not among the 6 labels of some vectors.');
    assert.deepEqual(idsOf('the newt'), []);
  });

  it('says so of a word of a formula, at its place', () => {
    const { syntaxError } = resolved('frog - newt + toad')?.view ?? {};
    assert.deepEqual(syntaxError, {
      message: '"newt" is not among the 6 labels of some vectors.',
      start: 7,
      end: 11,
    });
    assert.deepEqual(
      resolved('frog - the + toad')?.terms.map(({ id, weight }) => [id, weight]),
      [
        [1, 1],
        [0, -1],
        [2, 1],
      ],
    );
    assert.equal(complaint('"New York" + "Boston"'), '"Boston" is not among the 6 labels of some vectors.');
  });

  it('takes rows by their numbers, of those that there are', () => {
    assert.deepEqual(idsOf('#3'), [3]);
    assert.equal(
      resolveQuery(WORDS, query('#6'), 6)?.view.syntaxError?.message,
      'There is no row 6: rows go from 0 to 5.',
    );
  });

  it('writes a row as the word that gives it again', () => {
    assert.deepEqual(
      [0, 3, 5].map((id) => lineOfToken(WORDS, id)),
      ['the', 'New York', '"-frog-"'],
    );
    assert.deepEqual(idsOf(queryForToken(WORDS, 3).text), [3]);
  });

  it('is completed by words as they are, alone, in formulas and behind other words', async () => {
    const completed = new QueryCompletions();
    const inserted = async (line: string): Promise<string[]> =>
      (await completed.of(WORDS, line, line.length, 'automatic')).map(({ insert }) => insert);
    assert.deepEqual(await inserted('fr'), ['frog']);
    assert.deepEqual(await inserted('the - fr'), ['frog']);
    assert.deepEqual(await inserted('the yo'), ['york']);
    assert.deepEqual(await inserted('new'), ['New York']);
    assert.deepEqual(await inserted('-f'), ['frog']);
    assert.deepEqual(await inserted('"-f'), ['"-frog-"']);
  });
});

describe('query of a panel whose rows are tokens without a tokenizer', () => {
  const TOKENS = dictionaryOf(['king', ' queen', ' king', 'ing'], 'tokens');
  const forms = (text: string, form: QueryMemento['form'] = 'automatic'): unknown =>
    resolveQuery(TOKENS, query(text, { form }))?.view.forms.map(({ kind, selected, pieces }) => [
      kind,
      selected,
      pieces.map(({ id }) => id),
    ]);

  it('offers the forms that are found', () => {
    assert.deepEqual(forms('king'), [
      ['bare', true, [0]],
      ['leadingSpace', false, [2]],
    ]);
    assert.deepEqual(forms('king', 'leadingSpace'), [
      ['bare', false, [0]],
      ['leadingSpace', true, [2]],
    ]);
    assert.deepEqual(forms('queen', 'bare'), [['leadingSpace', true, [1]]]);
  });

  it('says that none is found', () => {
    assert.equal(
      resolveQuery(TOKENS, query('knight'))?.view.syntaxError?.message,
      '"knight" is not among the 4 labels of some vectors.',
    );
  });

  it('means in a formula the form that is found, that with a space before the other', () => {
    const terms = resolveQuery(TOKENS, query('king - queen + ing'))?.terms;
    assert.deepEqual(
      terms?.map(({ id }) => id),
      [2, 1, 3],
    );
  });
});
