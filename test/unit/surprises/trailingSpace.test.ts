import assert from 'node:assert/strict';
import { applied, found, marked } from './tokenized';

describe('white space at the end of a prompt', () => {
  const cases: readonly (readonly [text: string, start: number, mark: string, fixed: string])[] = [
    ['The answer is ', 13, ' ', 'The answer is'],
    ['The answer is  \n', 13, '  ', 'The answer is\n'],
    ['The answer is\t\r\n', 13, '\t', 'The answer is\r\n'],
    ['One\n  ', 4, '  ', 'One\n'],
    ['One \n \n', 3, ' \n ', 'One\n\n'],
  ];
  for (const [text, start, mark, fixed] of cases) {
    it(`is marked in ${JSON.stringify(text)}`, () => {
      const surprises = found(text, 'trailingSpace');
      assert.deepEqual(marked(text, surprises), [mark]);
      assert.deepEqual(
        surprises.map((surprise) => [surprise.start, applied(text, surprise)]),
        [[start, fixed]],
      );
    });
  }

  it('is counted in tokens', () => {
    // 220 is the space by itself; two of them are 220 220.
    assert.match(found('It is ', 'trailingSpace')[0]?.message ?? '', /ends with 1 space \(1 token\)/);
    assert.match(found('It is  ', 'trailingSpace')[0]?.message ?? '', /ends with 2 spaces \(2 tokens\)/);
  });

  it('is not marked where there is none, where the text is nothing else, and where it is no prompt', () => {
    for (const text of ['', 'One', 'One\n', 'One \n\n', ' One\nTwo', '   ', ' \n', '\n\n', '\n \n ']) {
      assert.deepEqual(found(text, 'trailingSpace'), [], JSON.stringify(text));
    }
    assert.deepEqual(found('let x = 1; ', 'trailingSpace', { isPrompt: false }), []);
  });
});
