import assert from 'node:assert/strict';
import { guardedCell } from '../../../src/protocol/guardedCell';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

/** As the documents say: one apostrophe off the start, and one behind each separator. */
const taken = (cell: string): string => cell.replace(/(^|[,;|\t\r\n])'/g, '$1');

/** The cells that programs make of a text, each with its own idea of what separates them. */
function cells(text: string): string[] {
  const separators = [/[;\r\n]/, /[\t\r\n]/, /[|\r\n]/, /[,\r\n]/, /[,;|\t\r\n]/];
  return separators
    .flatMap((separator) => text.split(separator))
    .flatMap((cell) => [cell, cell.trim(), cell.replace(/^"+/, ''), cell.replace(/^[\s"]+/, '')]);
}

const isRun = (cell: string): boolean => /^[=+\-@＝＋－＠]/.test(cell);

describe('guarded cells', () => {
  const guarded: readonly (readonly [text: string, cell: string])[] = [
    ['Mike', 'Mike'],
    ['king - man', 'king - man'],
    ['=1+1', "'=1+1"],
    ['a;=1+1', "a;'=1+1"],
    ['a\t@SUM(A1)', "a\t'@SUM(A1)"],
    ['a|-2', "a|'-2"],
    ['a, +2', "a,' +2"],
    ['a;"=1+1"', 'a;\'"=1+1"'],
    ['a\n=1', "a\n'=1"],
    ["'tis", "''tis"],
    ["a;'b", "a;''b"],
    ['＝1', "'＝1"],
    [';=;=', ";'=;'="],
    ['', ''],
  ];
  for (const [text, cell] of guarded) {
    it(`are of ${JSON.stringify(text)}: ${JSON.stringify(cell)}`, () => {
      assert.equal(guardedCell(text), cell);
    });
  }

  it('are never run, wherever a program splits, and give the text back', () => {
    const pieces = ['=', '+', '-', '@', '＝', '＋', "'", '"', ';', ',', '|', '\t', '\n', '\r', ' ', 'a', '1'];
    const random = seededRandom(1207);
    let dangerous = 0;
    for (let round = 0; round < 20_000; round++) {
      const length = Math.floor(random() * 12);
      const text = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      dangerous += cells(text).some(isRun) ? 1 : 0;
      const cell = guardedCell(text);
      assert.deepEqual(cells(cell).filter(isRun), [], JSON.stringify([text, cell]));
      assert.equal(taken(cell), text, JSON.stringify([text, cell]));
    }
    assert.ok(dangerous > 5_000, 'hardly any of the texts would be run');
  });
});
