import assert from 'node:assert/strict';
import { idsOfWords } from '../../../src/core/query/formula/idsOfWords';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';

const tokenizer = Gpt2Tokenizer.shared();

/** Of texts, which are encoded, and of ids. */
function wordsOf(...asked: readonly (string | number)[]): number[] {
  return idsOfWords(
    asked.map((what) =>
      typeof what === 'number'
        ? { text: undefined, ids: [what] }
        : { text: what, ids: tokenizer.encode(what) },
    ),
    tokenizer,
    tokenizer.vocabularySize,
  );
}

/** All tokens that spell one of these, found by looking at each. */
const spelled = (...words: readonly string[]): number[] =>
  Array.from({ length: tokenizer.vocabularySize }, (_, id) => id).filter((id) =>
    words.includes(tokenizer.decode([id]).replace(/^ /, '').toLowerCase()),
  );

describe('ids of words', () => {
  it('are all that spell a word or one of its pieces but for space and case', () => {
    assert.deepEqual(wordsOf('Mike', 'banana', 'Mike'), spelled('mike', 'banana', 'ban', 'ana'));
    assert.deepEqual(wordsOf('Mike'), spelled('mike'));
    assert.deepEqual(wordsOf(16073, ' KING'), spelled('mike', 'king'));
    assert.deepEqual(wordsOf('France', 'Tuesday', ' is'), spelled('france', 'tuesday', 'is'));
  });

  it('are those of each word of a sentence', () => {
    const sentence = 'the cat\nsat on';
    assert.deepEqual(wordsOf(sentence), spelled('the', 'cat', 'sat', 'on', '\n'));
  });

  it('are the tokens alone of bytes and of ids without a token', () => {
    const ofBytes = tokenizer.encode('\u{1f389}');
    assert.deepEqual(
      wordsOf('\u{1f389}'),
      [...new Set(ofBytes)].sort((a, b) => a - b),
    );
    assert.deepEqual(idsOfWords([{ text: undefined, ids: [50_300] }], tokenizer, 50_400), [50_300]);
    assert.deepEqual(idsOfWords([{ text: 'Mike', ids: [16073] }], tokenizer, 5_000), [4995]);
  });

  it('of a text of thousands of words are found in a bounded number of looks', () => {
    const looksFor = (count: number): number => {
      const text = Array.from({ length: count }, (_, index) => `w${index}`).join(' ');
      const asked = [{ text, ids: tokenizer.encode(text) }];
      let looks = 0;
      const watched = new Proxy(tokenizer, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') {
            return member;
          }
          // What spellings are looked for by.
          looks += name === 'encode' ? 1 : 0;
          return member.bind(target) as unknown;
        },
      });
      const found = idsOfWords(asked, watched, tokenizer.vocabularySize);
      assert.ok(asked[0]?.ids.every((id) => found.includes(id)));
      return looks;
    };
    const few = looksFor(20);
    assert.ok(few > 0);
    assert.equal(looksFor(5_000), looksFor(1_000));
  });
});
