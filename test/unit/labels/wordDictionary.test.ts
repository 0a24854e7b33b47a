import assert from 'node:assert/strict';
import { notFoundText } from '../../../src/core/labels/notFoundText';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { idLabel } from '../../../src/core/tokenizer/idLabel';
import { dictionaryOf as dictionary } from './dictionaryOf';
import { finish } from '../../../src/core/work/steps';

describe('A dictionary in place of a tokenizer', () => {
  const words = dictionary(['the', 'king', 'New York', 'York', 'naïve', '東京', 'the', '']);

  it('finds a text that is a label, else its words', () => {
    assert.deepEqual(words.encode('king'), [1]);
    assert.deepEqual(words.encode('New York'), [2]);
    assert.deepEqual(words.encode('the  king\tnaïve\n東京'), [0, 1, 4, 5]);
    assert.deepEqual(words.encodeWithOffsets('the king York').offsets, [
      [0, 3],
      [4, 8],
      [9, 13],
    ]);
    // The form with a leading space is the same word.
    assert.deepEqual(words.encodeWithOffsets(' king'), { ids: [1], offsets: [[1, 5]] });
    assert.deepEqual(words.encodeWithOffsets(' New York '), { ids: [2], offsets: [[1, 9]] });
  });

  it('says what it does not find, and gives it no token', () => {
    assert.deepEqual(words.encode('King'), []);
    assert.deepEqual(words.notFound('King of the King'), ['King', 'of']);
    assert.deepEqual(words.encodeWithOffsets('xx king'), { ids: [1], offsets: [[3, 7]] });
    assert.deepEqual(words.notFound('the king'), []);
    assert.deepEqual(words.notFound(''), []);
    assert.equal(finish(words.countTokensInSteps('xx king the')), 2);
  });

  it('is told in a sentence, with the spelling that there is', () => {
    assert.equal(notFoundText(words, 'king'), undefined);
    assert.equal(notFoundText(words, 'KING'), '"KING" is not among the 8 labels of some vectors; "king" is.');
    assert.equal(notFoundText(words, 'york'), '"york" is not among the 8 labels of some vectors; "York" is.');
    assert.equal(
      notFoundText(words, 'a b c d e f g'),
      '"a", "b", "c", "d", "e" and 2 more are not among the 8 labels of some vectors.',
    );
    assert.equal(notFoundText(Gpt2Tokenizer.shared(), 'xyzzy'), undefined);
  });

  it('gives rows their labels, of equal labels the first row', () => {
    assert.deepEqual([words.vocabularySize, words.repeated], [8, 1]);
    assert.equal(words.decode([3, 5]), 'York 東京');
    assert.equal(Buffer.from(words.tokenBytes(4)).toString(), 'naïve');
    assert.deepEqual(
      [words.hasToken(0), words.hasToken(8), words.hasToken(-1), words.hasToken(0.5)],
      [true, false, false, false],
    );
    assert.throws(() => words.tokenBytes(8), RangeError);
    assert.throws(() => words.decode([8]), RangeError);
    assert.equal(idLabel(words, 7).plain, 'empty label, row 7');
    assert.equal(idLabel(words, 8).plain, 'no label, row 8');
    assert.equal(idLabel(words, 2).quoted, "'New York'");
  });

  it('gives bytes of its own: what is done to them does not change a label', () => {
    words.tokenBytes(1).fill(0);
    assert.equal(words.decode([1]), 'king');
  });

  it('of tokens takes the one with a space where a space stands, and joins characters that are spread', () => {
    const tokens = dictionary(
      [' king', 'king', 'the', Uint8Array.of(0xe6, 0x9d), Uint8Array.of(0xb1), ' '],
      'tokens',
    );
    assert.deepEqual(tokens.encodeWithOffsets('the king'), {
      ids: [2, 0],
      offsets: [
        [0, 3],
        [3, 8],
      ],
    });
    assert.deepEqual(tokens.encode('king'), [1]);
    assert.deepEqual(tokens.encode(' king'), [0]);
    assert.deepEqual(tokens.encode(' '), [5]);
    assert.equal(tokens.decode([3, 4, 0]), '東 king');
  });
});
