import assert from 'node:assert/strict';
import { panelTitle, queryNames } from '../../../../src/editor/panel/panelTitle';
import { resolveQuery } from '../../../../src/editor/query/resolveQuery';
import type { QueryMemento } from '../../../../src/protocol/panelMessages';
import { tokenizer } from '../plainEmbeddings';

const namesOf = (text: string, form: QueryMemento['form'] = 'bare'): string[] => {
  const query: QueryMemento = { text, form, vector: 'mean' };
  return queryNames(query, resolveQuery(tokenizer, query));
};

describe('title of a panel', () => {
  it('names the view and the query as it was typed, and words in place of ids', () => {
    const [ban] = tokenizer.encode('ban');
    const [spaceKing] = tokenizer.encode(' king');
    assert.equal(panelTitle('neighbors', namesOf('king', 'leadingSpace')), 'Neighbors: king');
    assert.equal(panelTitle('token', namesOf(`#${ban}`)), 'Token: ban');
    assert.equal(panelTitle('neighbors', namesOf(` #${spaceKing} `)), 'Neighbors: ␣king');
    assert.equal(panelTitle('neighbors', namesOf(`#${ban} - man`)), `Neighbors: #${ban} - man`);
    assert.equal(panelTitle('neighbors', namesOf('#999999')), 'Neighbors: no token, id 999999');
  });

  it('says what the panel is where there is nothing to name', () => {
    assert.equal(panelTitle('neighbors', queryNames(undefined, undefined)), 'Tokenscope');
    assert.equal(panelTitle('compare', []), 'Compare');
  });

  it('is one short line whatever is compared', () => {
    const title = panelTitle('compare', ['ban\n\tana', 'x'.repeat(100)]);
    assert.ok(title.startsWith('Compare: ban ana, x') && title.length === 40, title);
  });

  it('speaks of words where rows are words', () => {
    assert.equal(panelTitle('token', ['frog'], true), 'Word: frog');
    assert.equal(panelTitle('map', [], true), 'Map of All Words');
    assert.equal(panelTitle('compare', ['frog', 'toad'], true), 'Compare: frog, toad');
  });
});
