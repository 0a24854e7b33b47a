import assert from 'node:assert/strict';
import { columnsOf, cutText, fittingWidth } from '../../../../src/editor/hover/fittedTexts';

describe('texts that stay in one line', () => {
  it('are as wide as an editor draws them', () => {
    assert.equal(columnsOf('␣banana'), 7);
    assert.equal(columnsOf('日本'), 4);
    assert.equal(columnsOf('🍌'), 2);
  });

  it('are cut at their end, between characters, and say so', () => {
    assert.equal(cutText('banana', 6), 'banana');
    assert.equal(cutText('banana', 5), 'bana…');
    assert.equal(cutText('日本語', 4), '日…');
    assert.equal(cutText('🍌🍌', 3), '🍌…');
  });

  it('are cut only where a row has no room for all, the longest first', () => {
    assert.equal(fittingWidth([['ban', '␣banana', 'ana']], 13), Number.POSITIVE_INFINITY);
    assert.equal(fittingWidth([['ban', '␣banana', 'ana']], 12), 6);
    // A column is as wide as its widest text.
    assert.equal(
      fittingWidth(
        [
          ['a', 'bbbbbbbb'],
          ['aaaaaaaa', 'b'],
        ],
        10,
      ),
      5,
    );
    assert.equal(fittingWidth([['aaaaaaaa', 'bbbbbbbb']], 1), 4);
  });
});
