import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import { QuerySuggestions } from '../../../../src/editor/panel/querySuggestions';
import { queryExamples } from '../../../../src/editor/query/queryExamples';
import { parseSuggestionsView } from '../../../../src/protocol/parseSuggestionsView';
import { MAX_RECENT_QUERIES } from '../../../../src/protocol/suggestionsView';
import { MemoryState } from '../session/memoryState';

const tokenizer = Gpt2Tokenizer.shared();
const KEY = 'tokenscope.recentQueries';

describe('recent queries', () => {
  it('are kept for the workspace, the newest first, each once, and bounded', async () => {
    const state = new MemoryState();
    const suggestions = new QuerySuggestions(state);
    for (const text of ['Mike', 'banana', ' Mike ', '', '  ', 'x'.repeat(201)]) {
      await suggestions.note(text);
    }
    assert.deepEqual(new QuerySuggestions(state).of(tokenizer).recent, ['Mike', 'banana']);
    for (let index = 0; index < 20; index++) {
      await suggestions.note(`word ${index}`);
    }
    const { recent } = new QuerySuggestions(state).of(tokenizer);
    assert.equal(recent.length, MAX_RECENT_QUERIES);
    assert.equal(recent[0], 'word 19');
  });

  it('are those of the kept value that are queries', async () => {
    const state = new MemoryState();
    for (const [value, expected] of [
      ['Mike', []],
      [{ 0: 'Mike' }, []],
      [[1, null, 'Mike', 'x'.repeat(201), '', 'Mike'], ['Mike']],
    ] as const) {
      await state.update(KEY, value);
      assert.deepEqual(new QuerySuggestions(state).of(tokenizer).recent, expected);
    }
  });
});

describe('examples of queries', () => {
  it('are true of the vocabulary', () => {
    const examples = queryExamples(tokenizer);
    assert.deepEqual(examples.map(({ text }) => text).slice(0, 2), ['Mike', '#16073']);
    const long = examples.find(({ shows }) => shows.startsWith('a word of'));
    assert.ok(long);
    assert.equal(long.shows, `a word of ${tokenizer.encode(long.text).length} tokens`);
    assert.ok(tokenizer.encode(` ${long.text}`).length > 1, 'in running text it is one token');
  });

  it('name no id where the name is several tokens, nor a long word where all are one', () => {
    const letters = { encode: (text: string) => Array.from(text, (_, index) => index) };
    assert.equal(
      queryExamples(letters as never).some(({ text }) => text.startsWith('#')),
      false,
    );
    const words = { encode: () => [7] };
    assert.deepEqual(
      queryExamples(words as never).map(({ text }) => text),
      ['Mike', '#7', 'king - man + woman'],
    );
  });

  it('are parsed by the page', () => {
    const good = { recent: ['Mike'], examples: [{ text: 'Jim', shows: 'a name' }] };
    assert.deepEqual(parseSuggestionsView(good), good);
    for (const bad of [
      undefined,
      { ...good, recent: [1] },
      { ...good, recent: Array.from({ length: 13 }, () => 'a') },
      { ...good, examples: [{ text: 'Jim' }] },
    ]) {
      assert.equal(parseSuggestionsView(bad), undefined);
    }
  });
});
