import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import { bareLineOf, lineOfToken, queryForToken, queryOfWord } from '../../../../src/editor/query/queryLines';
import { resolveQuery } from '../../../../src/editor/query/resolveQuery';
import type { QueryMemento } from '../../../../src/protocol/panelMessages';

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

  it('takes by itself the form that is one token: in the document, else bare, else with a space', () => {
    const taken = (text: string, sentence?: string): readonly (string | undefined)[] => {
      const start = sentence?.indexOf(text) ?? 0;
      const context = sentence && { text: sentence, start, end: start + text.length, line: 1 };
      const resolved = resolveQuery(
        tokenizer,
        word(text, { form: 'automatic', ...(context && { context }) }),
      );
      const selected = resolved?.view.forms.filter(({ selected }) => selected) ?? [];
      assert.equal(selected.length, 1);
      assert.deepEqual(selected[0]?.pieces, resolved?.view.pieces);
      return [selected[0]?.kind, selected[0]?.reason];
    };
    assert.deepEqual(taken('banana', 'I ate a banana'), ['inDocument', 'oneTokenInDocument']);
    assert.deepEqual(taken('Mike', 'Mike ate it'), ['inDocument', 'oneTokenInDocument']);
    // ["ban", "ana"] with a quote before it.
    assert.deepEqual(taken('banana', '"banana"'), ['leadingSpace', 'oneToken']);
    assert.deepEqual(taken('Mike'), ['bare', 'oneToken']);
    assert.deepEqual(taken('banana'), ['leadingSpace', 'oneToken']);
    assert.deepEqual(taken('indivisibilities'), ['bare', 'noneIsOneToken']);
    assert.deepEqual(taken('indivisibilities', 'of indivisibilities'), ['inDocument', 'noneIsOneToken']);
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
    assert.equal(resolveQuery(tokenizer, word('#50300'))?.view.pieces[0]?.plain, 'no token, id 50300');
  });

  it('adds up the terms of a formula, and leaves its inputs out', () => {
    const resolved = resolveQuery(tokenizer, word('2*king - banana'));
    assert.deepEqual(resolved?.terms, [
      { weight: 2, id: tokenizer.encode('king')[0] },
      { weight: -0.5, id: 3820 },
      { weight: -0.5, id: 2271 },
    ]);
    assert.deepEqual(
      resolved.view.formula?.operands.map(({ start, end, weight, pieces }) => [
        start,
        end,
        weight,
        pieces.length,
      ]),
      [
        [2, 6, 2, 1],
        [9, 15, -1, 2],
      ],
    );
    assert.ok(
      [...tokenizer.encode('king'), ...tokenizer.encode(' King'), 3820].every((id) =>
        resolved.excludedIds.includes(id),
      ),
    );
    assert.equal(resolved.tokenId, undefined);
    assert.deepEqual(
      resolved.view.vectors.map(({ choice }) => choice),
      ['mean'],
    );
  });

  it('means the bare words of a formula in the chosen form, and offers all', () => {
    const resolved = resolveQuery(tokenizer, word('king - "man"', { form: 'leadingSpace' }));
    assert.deepEqual(
      resolved?.view.pieces.map(({ plain }) => plain),
      ['␣king', 'man'],
    );
    assert.deepEqual(
      resolved.view.forms.map(({ kind, selected, pieces }) => [kind, selected, pieces[0]?.plain]),
      [
        ['automatic', false, '␣king'],
        ['bare', false, 'king'],
        ['leadingSpace', true, '␣king'],
      ],
    );
    const automatic = resolveQuery(tokenizer, word('king - "man"', { form: 'automatic' }));
    assert.equal(automatic?.view.pieces[0]?.plain, '␣king');
    assert.deepEqual(
      automatic.view.forms.map(({ selected }) => selected),
      [true, false, false],
    );
    assert.deepEqual(resolveQuery(tokenizer, word('#5 + "man"'))?.view.forms, []);
  });

  it('points at what cannot be read, and searches nothing of it', () => {
    const resolved = resolveQuery(tokenizer, word('king + + '));
    assert.equal(resolved?.view.syntaxError?.start, 9);
    assert.deepEqual(resolved.terms, []);
    assert.equal(resolveQuery(tokenizer, word('#50300'), 50_257)?.view.syntaxError?.start, 0);
    assert.match(resolveQuery(tokenizer, word('Mike'), 100)?.view.syntaxError?.message ?? '', /no row/);
  });

  it('takes a text of a document as it is, whatever a formula would make of it', () => {
    const text = 'a - b';
    const context = { text: `x = ${text};`, start: 4, end: 9, line: 1 };
    const query = queryOfWord({ text, context }, 'bare');
    assert.equal(query.text, '"a - b"');
    const resolved = resolveQuery(tokenizer, query);
    assert.deepEqual(
      resolved?.view.pieces.map(({ id }) => id),
      tokenizer.encode(text),
    );
    assert.deepEqual(
      resolved.view.forms.map(({ kind }) => kind),
      ['bare', 'leadingSpace', 'inDocument'],
    );
    assert.equal(queryOfWord({ text: 'Mike' }, 'bare').text, 'Mike');
  });

  it('has for every token a line that means it in the bare form', () => {
    for (let id = 0; id < tokenizer.vocabularySize; id++) {
      assert.deepEqual(idsOf(word(lineOfToken(tokenizer, id))), [id]);
    }
  });

  it('has a bare line for what it means in another form or by one piece', () => {
    const context = { text: 'eat bananas', start: 4, end: 10, line: 1 };
    const lines: [QueryMemento, string][] = [
      [word('Mike'), 'Mike'],
      [word('Mike', { form: 'leadingSpace' }), '" Mike"'],
      [word('banana', { vector: 1 }), 'ana'],
      [word('2*(king - man)', { form: 'leadingSpace' }), '2 * (" king" - " man")'],
      [word('banana', { form: 'inDocument', context }), '" bananas"'],
      [word('#160'), '#160'],
      [word('mean('), 'mean('],
    ];
    for (const [query, line] of lines) {
      assert.equal(bareLineOf(tokenizer, query), line);
    }
  });
});
