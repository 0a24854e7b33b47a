import assert from 'node:assert/strict';
import { ChunkSizes } from '../../../src/core/tokenizer/document/cutText';
import { DocumentTokens, type WordStatistics } from '../../../src/core/tokenizer/documentTokens';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { EditedText } from './seededEdits';
import { seededTexts } from './seededTexts';

const tokenizer = Gpt2Tokenizer.shared();

/** By the definition, from the tokens of the whole text. */
function statisticsOf(text: string): WordStatistics {
  const { offsets } = tokenizer.encodeWithOffsets(text);
  const ranges = new Map<string, number>();
  const covers = new Uint8Array(text.length + 1);
  for (const [start, end] of offsets) {
    ranges.set(`${start} ${end}`, (ranges.get(`${start} ${end}`) ?? 0) + 1);
    for (let at = start; at < end; at++) {
      covers[at] = (covers[at] ?? 0) + 1;
    }
  }
  let words = 0;
  let singleTokenWords = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*/gu)) {
    const end = index + word.length;
    words++;
    const isAlone = covers.subarray(index, end).every((count) => count === 1);
    const isToken =
      ranges.has(`${index} ${end}`) || (text[index - 1] === ' ' && ranges.has(`${index - 1} ${end}`));
    singleTokenWords += isAlone && isToken ? 1 : 0;
  }
  return { words, singleTokenWords };
}

function statistics(text: string): WordStatistics | undefined {
  const document = new DocumentTokens(tokenizer, text);
  document.advance();
  return document.wordStatistics();
}

describe('Word statistics', () => {
  it('count words, and those that are one token', () => {
    assert.deepEqual(statistics("Apple banana  apple, don't 7 x1y a_b 🍌"), {
      words: 8,
      singleTokenWords: 5,
    });
    assert.deepEqual(statistics(' banana'), { words: 1, singleTokenWords: 1 });
    assert.deepEqual(statistics('banana'), { words: 1, singleTokenWords: 0 });
    assert.deepEqual(statistics('\n\u0301 !'), { words: 0, singleTokenWords: 0 });
    assert.deepEqual(statistics(''), { words: 0, singleTokenWords: 0 });
  });

  it('take marks for a part of their word, and characters of several tokens for several', () => {
    assert.deepEqual(statistics('e\u0301te\u0301 \u0301a'), { words: 2, singleTokenWords: 1 });
    assert.deepEqual(statistics('हिन्दी'), { words: 1, singleTokenWords: 0 });
    assert.deepEqual(statistics('漢'), { words: 1, singleTokenWords: 0 });
  });

  it('equal those of the whole text after each of 2,000 seeded changes', () => {
    let seen = 0;
    for (let seed = 400; seed < 420; seed++) {
      const edited = new EditedText([...seededTexts(3, seed)].join(' '), seededRandom(seed), 600, seed);
      const document = new DocumentTokens(tokenizer, edited.text, new ChunkSizes(4 + (seed % 5)));
      for (let i = 0; i < 100; i++) {
        document.apply(edited.change());
        assert.equal(document.wordStatistics() === undefined, !document.isComplete);
        document.advance();
        const expected = statisticsOf(edited.text);
        assert.deepEqual(document.wordStatistics(), expected, JSON.stringify(edited.text));
        seen += expected.singleTokenWords;
      }
    }
    assert.ok(seen > 5_000);
  });

  it('are worked out in steps, and after an edit only where it was', () => {
    const text = [...seededTexts(2_000, 48)].join(' ');
    const document = new DocumentTokens(tokenizer, text);
    document.advance();
    let steps = 1;
    while (document.wordStatistics(() => false) === undefined) {
      steps++;
    }
    assert.ok(steps > 10);
    assert.deepEqual(document.wordStatistics(), statisticsOf(text));
    document.apply([{ offset: text.length >> 1, length: 0, text: ' banana ' }]);
    document.advance();
    let asked = 0;
    document.wordStatistics(() => ++asked < 0);
    assert.equal(asked, 0);
  });
});
