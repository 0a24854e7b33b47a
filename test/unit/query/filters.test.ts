import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import {
  allowedRows,
  EVERY_ROW,
  FilteredVocabulary,
  type RowFilter,
} from '../../../src/core/query/filters/allowedRows';
import { foldVariants } from '../../../src/core/query/filters/foldVariants';
import * as classes from '../../../src/core/query/filters/tokenClasses';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { plainToken } from '../../../src/core/tokenizer/tokenLabel';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';

const tokenizer = Gpt2Tokenizer.shared();
const vocabulary = new FilteredVocabulary(tokenizer);
const ROWS = tokenizer.vocabularySize;

/** A tokenizer of whole texts, some of them special; '' is a hole. */
function listTokenizer(texts: readonly string[], special: readonly string[] = []): Tokenizer {
  const encode = (text: string, options?: { readonly special?: boolean | undefined }): number[] => {
    const id = texts.indexOf(text);
    return id >= 0 && (options?.special === true || !special.includes(text)) ? [id] : [0, 0];
  };
  return {
    name: 'list',
    vocabularySize: texts.length,
    encode,
    encodeWithOffsets: (text) => ({ ids: encode(text), offsets: [] }),
    decode: (ids) => ids.map((id) => texts[id] ?? '').join(''),
    hasToken: (id) => (texts[id] ?? '') !== '',
    tokenBytes: (id) => new TextEncoder().encode(texts[id] ?? ''),
  };
}

function idsIn(rows: Uint32Array | undefined, rowCount: number): number[] {
  const ids = Array.from({ length: rowCount }, (_, id) => id);
  return rows === undefined
    ? ids
    : ids.filter((id) => ((rows[Math.floor(id / 32)] ?? 0) & (2 ** (id % 32))) !== 0);
}

describe('token classes', () => {
  it('name the kinds of tokens', () => {
    const { LEADING_SPACE, WORD_LIKE, SPECIAL, DIGITS, PUNCTUATION, WHITE_SPACE, HOLE } = classes;
    const expected: [text: string, bits: number][] = [
      ['Mike', WORD_LIKE],
      [' Mike', LEADING_SPACE | WORD_LIKE],
      ["'s", WORD_LIKE],
      ['don’t', WORD_LIKE],
      ['北京', WORD_LIKE],
      [' привет', LEADING_SPACE | WORD_LIKE],
      ['नमस्ते', WORD_LIKE],
      ['می‌خواهم', WORD_LIKE],
      ['e\u0301', WORD_LIKE],
      ["'", PUNCTUATION],
      [' ...', LEADING_SPACE | PUNCTUATION],
      ['+=', PUNCTUATION],
      ['😀', PUNCTUATION],
      [' 1984', LEADING_SPACE | DIGITS],
      ['٣½', DIGITS],
      [' ', LEADING_SPACE | WHITE_SPACE],
      ['   ', LEADING_SPACE | WHITE_SPACE],
      ['\n\t\u0085\u3000', WHITE_SPACE],
      ['x1', 0],
      ['  Mike', LEADING_SPACE],
      ['', HOLE],
      ['<s>', SPECIAL],
      ['[CLS]', SPECIAL],
      ['<b>', 0],
    ];
    const list = listTokenizer(
      expected.map(([text]) => text),
      ['<s>', '[CLS]'],
    );
    classes.tokenClasses(list).forEach((bits, id) => {
      assert.equal(bits, expected[id]?.[1], JSON.stringify(expected[id]));
    });
  });

  it("agree with Node's own check of UTF-8, with the first byte, and with one character at a time, over GPT-2's vocabulary", () => {
    const all = (text: string, pattern: RegExp): boolean =>
      text !== '' && Array.from(text).every((character) => pattern.test(character));
    vocabulary.classes.forEach((bits, id) => {
      if (id === ROWS - 1) {
        assert.equal(bits, classes.SPECIAL);
        return;
      }
      const bytes = tokenizer.tokenBytes(id);
      const isText = isUtf8(bytes);
      const text = isText ? Buffer.from(bytes).toString('utf8') : '';
      const word = text.replace(/^ /, '');
      const has = (bit: number): boolean => (bits & bit) !== 0;
      assert.equal(has(classes.BYTE_FRAGMENT), !isText, `token ${id}`);
      assert.equal(has(classes.LEADING_SPACE), bytes[0] === 32, `token ${id}`);
      assert.equal(
        has(classes.WORD_LIKE),
        all(word, /^[\p{L}\p{M}'’\u200c\u200d]$/u) && /[\p{L}\p{M}]/u.test(word),
        text,
      );
      assert.equal(has(classes.DIGITS), all(word, /^\p{N}$/u), text);
      assert.equal(has(classes.PUNCTUATION), all(word, /^[\p{P}\p{S}]$/u), text);
      assert.equal(has(classes.WHITE_SPACE), all(text, /^\p{White_Space}$/u), text);
      assert.equal(has(classes.SPECIAL | classes.HOLE), false);
    });
  });
});

describe('allowed rows', () => {
  it('are exactly those that fit, for every combination of filters', () => {
    const random = new SeededRandom(521);
    const needles = ['', '', 'mike', 'MIKE', ' the', '\\xe4', '↵', 'É', 'zzzzzzzz'];
    const plain = Array.from({ length: ROWS }, (_, id) => plainToken(tokenizer.tokenBytes(id)));
    for (let i = 0; i < 36; i++) {
      const filter: RowFilter = {
        space: (['any', 'with', 'without'] as const)[i % 3] ?? 'any',
        wordLike: i % 2 === 0,
        hideByteFragments: i % 4 < 2,
        text: needles[Math.floor(random.uniform() * needles.length)] ?? '',
        excludeIds: Array.from({ length: i % 5 }, () => Math.floor(random.uniform() * ROWS * 1.1)),
      };
      const needle = filter.text.replaceAll(' ', '␣').toLowerCase();
      const expected = plain.flatMap((text, id) => {
        const bits = vocabulary.classes[id] ?? 0;
        const fits =
          (filter.space === 'any' || text.startsWith('␣') === (filter.space === 'with')) &&
          (!filter.wordLike || (bits & classes.WORD_LIKE) !== 0) &&
          (!filter.hideByteFragments || (bits & classes.BYTE_FRAGMENT) === 0) &&
          text.toLowerCase().includes(needle) &&
          !filter.excludeIds.includes(id);
        return fits ? [id] : [];
      });
      const rows = allowedRows(filter, vocabulary, ROWS);
      assert.deepEqual(idsIn(rows, ROWS), expected, JSON.stringify(filter));
      assert.equal(rows === undefined, expected.length === ROWS);
      assert.equal(rows?.length ?? 1571, 1571);
      // Bits beyond the last row: 50,257 = 1570 · 32 + 17.
      assert.equal((rows?.[1570] ?? 0) >>> 17, 0);
    }
  });

  it('are all of them for a filter that asks for nothing', () => {
    assert.equal(allowedRows(EVERY_ROW, vocabulary, ROWS), undefined);
    assert.equal(allowedRows({ ...EVERY_ROW, excludeIds: [ROWS, -1] }, vocabulary, ROWS), undefined);
  });

  it('leave out single rows, on the borders of words too', () => {
    const excludeIds = [0, 31, 32, 63, 50256];
    const left = idsIn(allowedRows({ ...EVERY_ROW, excludeIds }, vocabulary, ROWS), ROWS);
    assert.equal(left.length, ROWS - 5);
    assert.ok(excludeIds.every((id) => !left.includes(id)));
  });

  it('hold rows without a token only while nothing of their text is asked', () => {
    const list = new FilteredVocabulary(listTokenizer(['a', '', ' b']));
    const rows = (filter: Partial<RowFilter>): number[] =>
      idsIn(allowedRows({ ...EVERY_ROW, ...filter }, list, 5), 5);
    assert.deepEqual(rows({}), [0, 1, 2, 3, 4]);
    assert.deepEqual(rows({ excludeIds: [0] }), [1, 2, 3, 4]);
    assert.deepEqual(rows({ hideByteFragments: true }), [0, 1, 2, 3, 4]);
    assert.deepEqual(rows({ space: 'without' }), [0]);
    assert.deepEqual(rows({ space: 'with' }), [2]);
    assert.deepEqual(rows({ wordLike: true }), [0, 2]);
    assert.deepEqual(rows({ text: 'B' }), [2]);
    assert.deepEqual(idsIn(allowedRows({ ...EVERY_ROW, wordLike: true }, list, 1), 1), [0]);
  });
});

describe('folding', () => {
  const idOf = (text: string): number => {
    const [id, ...more] = tokenizer.encode(text);
    assert.ok(id !== undefined && more.length === 0, text);
    return id;
  };

  it('joins forms with other space and case under the best, and keeps ranks', () => {
    const words = [' Mike', 'Michael', 'Mike', ' the', 'Chris', ' Michael', ' THE', 'The'];
    assert.deepEqual(
      foldVariants(words.map(idOf), tokenizer).map(({ best, others }) =>
        [best, ...others].map(({ id, rank }) => [words[rank - 1], id, rank]),
      ),
      [
        [
          [' Mike', 4995, 1],
          ['Mike', 16073, 3],
        ],
        [
          ['Michael', 13256, 2],
          [' Michael', 3899, 6],
        ],
        [
          [' the', 262, 4],
          [' THE', 3336, 7],
          ['The', 464, 8],
        ],
        [['Chris', 15645, 5]],
      ],
    );
  });

  it('folds by full Unicode, whatever the locale', () => {
    const list = listTokenizer(['İ', 'i̇', 'I', 'ı', ' ÉCOLE', 'école', 'ПРИВЕТ', ' привет', '𐐀', '𐐨']);
    const groups = foldVariants([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], list);
    assert.deepEqual(
      groups.map(({ best, others }) => [best, ...others].map(({ id }) => id)),
      [[0, 1], [2], [3], [4, 5], [6, 7], [8, 9]],
    );
  });

  it('never folds byte fragments, a single space, holes and rows beyond the vocabulary', () => {
    const fragments = Array.from({ length: ROWS }, (_, id) => id).filter(
      (id) => !isUtf8(tokenizer.tokenBytes(id)),
    );
    assert.ok(fragments.length > 300);
    const alone = [...fragments, idOf(' '), ROWS, ROWS + 1];
    assert.equal(foldVariants(alone, tokenizer).length, alone.length);
    assert.equal(foldVariants([0, 1], listTokenizer(['', ''])).length, 2);
  });

  it('groups the whole vocabulary by the one rule', () => {
    const ids = Array.from({ length: ROWS }, (_, at) => (at * 7919) % ROWS);
    const ranks = new Set<number>();
    let lastBest = 0;
    const keys = new Set<string>();
    for (const { best, others } of foldVariants(ids, tokenizer)) {
      assert.ok(best.rank > lastBest);
      lastBest = best.rank;
      const keyOf = (id: number): string => {
        const bytes = tokenizer.tokenBytes(id);
        return isUtf8(bytes) && bytes.length > 0
          ? tokenizer.decode([id]).replace(/^ /, '').toLowerCase()
          : '';
      };
      const key = keyOf(best.id);
      assert.ok(key === '' ? others.length === 0 : !keys.has(key), key);
      keys.add(key);
      let rank = 0;
      for (const member of [best, ...others]) {
        assert.ok(member.rank > rank);
        rank = member.rank;
        assert.equal(ids[rank - 1], member.id);
        assert.equal(keyOf(member.id), key);
        ranks.add(rank);
      }
    }
    assert.equal(ranks.size, ROWS);
  });
});
