import assert from 'node:assert/strict';
import type { Surprise } from '../../../src/core/surprises/surprise';
import { applied, found, tokenizer } from './tokenized';

const lineOf = (text: string, { start }: Surprise): number => text.slice(0, start).split('\n').length;

function indented(text: string, tabSize = 4, insertSpaces = true): readonly Surprise[] {
  return found(text, 'mixedIndentation', { indentation: { tabSize, insertSpaces } });
}

describe('mixed indentation', () => {
  it('is marked in the lines that are not indented as most are', () => {
    const text = 'if a:\n    b\n\tc\n    d\n  \te\n';
    const surprises = indented(text);
    assert.deepEqual(
      surprises.map((surprise) => lineOf(text, surprise)),
      [3, 5],
    );
    assert.deepEqual(
      surprises.map(({ fix }) => fix?.edit.text),
      ['    ', '    '],
    );
  });

  it('is told with the tokens that it takes and those that it would', () => {
    // GPT-2 has 4 spaces before a letter as three tokens, and the fourth begins the word; a tab is one token.
    assert.deepEqual(tokenizer.encode('\n    d').length, 1 + 3 + 1);
    const bySpaces = indented('a\n    b\n    c\n\td\n')[0]?.message ?? '';
    assert.match(bySpaces, /by spaces: 1 tab before its first word is 1 token, 4 spaces would be 3\.$/);
    const byTabs = indented('a\n\tb\n\tc\n    d\n')[0]?.message ?? '';
    assert.match(byTabs, /by tabs: 4 spaces before its first word are 3 tokens, 1 tab would be 1\.$/);
    const both = indented('a\n\tb\n\tc\n  \td\n')[0]?.message ?? '';
    // \n, two spaces, tab, d: 198, 220 220, 197 and 67.
    assert.match(
      both,
      /tabs and spaces: 1 tab and 2 spaces before its first word are 3 tokens, 1 tab would be 1/,
    );
  });

  it('leaves alone spaces after tabs that align, as in comments', () => {
    assert.deepEqual(indented('{\n\t/*\n\t * Comment.\n\t */\n\tcall(a,\n\t   b);\n}\n'), []);
  });

  it('knows tab stops', () => {
    const [surprise] = indented('a\n\tb\n\tc\n   \t  \td\n', 8, false);
    assert.equal(surprise?.fix?.edit.text, '\t\t');
    const [other] = indented('a\n  b\n  c\n \t d\n', 3);
    assert.equal(other?.fix?.edit.text, '    ');
  });

  it('goes by the editor where as many lines are indented by tabs as by spaces', () => {
    const text = 'a\n    b\n\tc\n';
    assert.deepEqual(
      indented(text, 4, true).map(({ fix }) => fix?.edit.text),
      ['    '],
    );
    assert.deepEqual(
      indented(text, 4, false).map(({ fix }) => fix?.edit.text),
      ['\t'],
    );
  });

  it('is not found in files of one kind, in lines of white space alone, and where tabs mean something else', () => {
    for (const text of ['a\n  b\n    c\n * d', 'a\n\tb\n\t\tc', 'a\n    b\n\t\n\t', '\t\r\n    b\r\n    c']) {
      assert.deepEqual(indented(text), [], JSON.stringify(text));
    }
    assert.deepEqual(found('a\n    b\n\tc\n    d', 'mixedIndentation', { indentation: undefined }), []);
  });

  it('works with line ends of Windows', () => {
    const text = 'a\r\n    b\r\n\tc\r\n    d';
    const [surprise] = indented(text);
    assert.equal(surprise && applied(text, surprise), 'a\r\n    b\r\n    c\r\n    d');
  });

  it('leaves alone a thousand blanks and more at the start of a line, which nobody indented', () => {
    const lines = (tabs: number): string => `    a\n    b\n${'\t'.repeat(tabs)}c\n`;
    assert.equal(found(lines(1_000), 'mixedIndentation').length, 1);
    assert.equal(found(lines(1_001), 'mixedIndentation').length, 0);
    assert.equal(found(`${lines(100_000)}\td\n`, 'mixedIndentation').length, 1);
  });
});
