import assert from 'node:assert/strict';
import { ChunkSizes } from '../../../src/core/tokenizer/document/cutText';
import { DocumentTokens } from '../../../src/core/tokenizer/documentTokens';
import type { Encoding } from '../../../src/core/tokenizer/encoding';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { RustOracle, type OracleEncoding } from './rustOracle';
import { EditedText } from './seededEdits';
import { seededTexts } from './seededTexts';
import { plainTokenizer } from './plainTokenizer';

const tokenizer = Gpt2Tokenizer.shared();

/** A tokenizer that says nothing about cuts and counting. */
const uncuttable = plainTokenizer(tokenizer);

type Check = (document: DocumentTokens, text: string, random: () => number) => void;

/** All tokens, against those of the whole text. */
function assertTokens(document: DocumentTokens, text: string, expected: OracleEncoding | Encoding): void {
  assert.equal(document.length, text.length);
  assert.equal(document.codePoints, Array.from(text).length);
  assert.equal(document.count, expected.ids.length, `tokens of ${JSON.stringify(text)}`);
  assert.equal(document.progress, 1);
  const tokens = document.tokensIn(0, text.length) ?? [];
  const isSame =
    tokens.length === expected.ids.length &&
    tokens.every(({ id, start, end, index }, i) => {
      const [from, to] = expected.offsets[i] ?? [];
      return id === expected.ids[i] && start === from && end === to && index === i;
    });
  if (!isSame) {
    assert.deepEqual(
      tokens,
      expected.ids.map((id, index) => ({
        id,
        start: expected.offsets[index]?.[0],
        end: expected.offsets[index]?.[1],
        index,
      })),
      `tokens of ${JSON.stringify(text)}`,
    );
  }
}

const assertAll: Check = (document, text, random) => {
  const expected = tokenizer.encodeWithOffsets(text);
  assertTokens(document, text, expected);
  const somewhere = (): number => Math.floor(random() * (text.length + 1));
  for (let i = 0; i < 6; i++) {
    const start = somewhere();
    // A few characters, some chunks of crumbs, or anything.
    const end =
      i % 3 < 2
        ? Math.min(text.length, start + Math.floor(random() * (i % 3 === 0 ? 4 : 80)))
        : Math.max(start, somewhere());
    const inRange = expected.offsets.flatMap(([from, to], index) =>
      (from < end && to > start) || (from <= start && to > start) ? [index] : [],
    );
    assert.deepEqual(
      document.tokensIn(start, end)?.map(({ index }) => index),
      inRange,
    );
    assert.deepEqual(document.before(start), {
      tokens: expected.offsets.filter(([from]) => from < start).length,
      codePoints: Array.from(text.slice(0, start)).length,
    });
    const alone = text.slice(start, end);
    assert.equal(document.countAlone(start, end), tokenizer.encode(alone).length, JSON.stringify(alone));
  }
};

function editAndCheck(
  seed: number,
  changes: number,
  target: number,
  longest: number,
  using: Tokenizer,
  check: Check,
  start = [...seededTexts(10, seed)].join('\n'),
): void {
  const random = seededRandom(seed);
  const edited = new EditedText(start, random, longest, seed);
  const document = new DocumentTokens(using, edited.text, new ChunkSizes(target));
  for (let i = 0; i < changes; i++) {
    document.apply(edited.change());
    // Sometimes the next edit comes before all is tokenized.
    const steps = random() < 0.3 ? Math.floor(random() * 3) : Infinity;
    let taken = 0;
    const isDone = steps > 0 && document.advance(() => ++taken < steps);
    assert.equal(document.isComplete, document.count !== undefined);
    if (isDone) {
      assert.ok(document.isComplete);
      check(document, edited.text, random);
    } else if (!document.isComplete) {
      assert.ok(document.progress < 1);
      assert.equal(document.tokensIn(0, edited.text.length), undefined);
    }
  }
}

describe('DocumentTokens', () => {
  describe('equal the tokens of the whole text after each of', () => {
    it('1,800 seeded changes of texts cut into crumbs', () => {
      for (let seed = 0; seed < 18; seed++) {
        editAndCheck(seed, 100, 4 + (seed % 3) * 7, 1_500, tokenizer, assertAll);
      }
    });

    it('600 seeded changes of texts of many chunks', () => {
      for (let seed = 100; seed < 104; seed++) {
        editAndCheck(seed, 150, 1024, 12_000, tokenizer, assertAll);
      }
    });

    it('1,750 seeded changes of runs that have no cuts', () => {
      // Each of five starts with each of seven sizes of chunks.
      for (let seed = 500; seed < 535; seed++) {
        const run = ['a', 'b', 'c', 'd'].map((one) => one.repeat(50 + (seed % 9))).join('');
        const start = [run, '0'.repeat(900), ' '.repeat(700), '日本'.repeat(300), 'ACGTTGCA'.repeat(100)][
          seed % 5
        ];
        editAndCheck(seed, 50, 6 + (seed % 7) * 3, 1_500, tokenizer, assertAll, start);
      }
    });

    it('500 seeded changes under a tokenizer that cannot tell where to cut', () => {
      editAndCheck(7, 500, 16, 1_500, uncuttable, assertAll);
    });

    it('600 seeded changes, as the Rust tokenizers library says', async () => {
      const oracle = new RustOracle();
      for (let seed = 200; seed < 206; seed++) {
        const edited = new EditedText('', seededRandom(seed), 1_500, seed);
        const document = new DocumentTokens(tokenizer, '', new ChunkSizes(8));
        for (let i = 0; i < 100; i++) {
          document.apply(edited.change());
          document.advance();
          assertTokens(document, edited.text, await oracle.encode(edited.text));
        }
      }
    });

    it('pasting 100 kilobytes into an empty document, changing all line ends, and taking all out again', () => {
      const random = seededRandom(1);
      const text = [...seededTexts(2_500, 31)].join('\n').slice(0, 100_000);
      const document = new DocumentTokens(tokenizer, '');
      const crlf = text.replaceAll('\n', '\r\n');
      document.apply([{ offset: 0, length: 0, text }]);
      assert.equal(document.count, undefined);
      document.advance();
      assertAll(document, text, random);
      document.apply([{ offset: 0, length: text.length, text: crlf }]);
      document.advance();
      assertAll(document, crlf, random);
      // As an editor may send it too: an edit a line, from the end on.
      const lineEnds = [...crlf.matchAll(/\r\n/g)].map(({ index }) => index).reverse();
      document.apply(lineEnds.map((offset) => ({ offset, length: 2, text: '\n' })));
      document.advance();
      assertAll(document, crlf.replaceAll('\r\n', '\n'), random);
      document.apply([{ offset: 0, length: document.length, text: '' }]);
      assert.equal(document.count, 0);
      assert.equal(document.progress, 1);
      assert.deepEqual(document.tokensIn(0, 0), []);
    });

    it('typing into a pre-token of 300,000 letters', () => {
      const before = 'b '.repeat(3_000);
      const run = 'a'.repeat(300_000);
      const document = new DocumentTokens(tokenizer, before + run);
      document.apply([{ offset: 100_000, length: 0, text: 'x' }]);
      document.advance();
      const expected = tokenizer.encodeWithOffsets(before + run.slice(0, 94_000) + 'x' + run.slice(94_000));
      assertTokens(document, before + run + 'x', expected);
    });
  });

  it('has no tokens in an empty text', () => {
    for (const document of [new DocumentTokens(tokenizer, ''), new DocumentTokens(uncuttable, '')]) {
      assert.equal(document.count, 0);
      assert.equal(document.progress, 1);
      assert.equal(document.advance(), true);
      assert.deepEqual(document.tokensIn(0, 0), []);
      assert.equal(document.countAlone(0, 0), 0);
    }
  });

  it('gives of an empty range the tokens at the character behind it', () => {
    const document = new DocumentTokens(tokenizer, 'one two🍌');
    document.advance();
    const at = (offset: number): (readonly [number, number])[] | undefined =>
      document.tokensIn(offset, offset)?.map(({ start, end }) => [start, end]);
    assert.deepEqual(at(0), [[0, 3]]);
    assert.deepEqual(at(3), [[3, 7]]);
    assert.deepEqual(at(8), [
      [7, 9],
      [7, 9],
      [7, 9],
    ]);
    assert.deepEqual(at(9), []);
  });

  it('counts a part with a single seam in it, whose tokens at both sides are others than in the whole run', () => {
    const parts = [
      ['TTGGGCTCCGCTGTAGCTAATGTCAGGCGAATAGCATAGGGGAACATACGTAGACCCTCA', 7, 25, 31],
      ['AAACGGGACGCCTCGCACTATACGCCTGTTCGTCAATCGAACGAAAGTAATGTAGAACGC', 13, 11, 17],
      ['132691015091315042027201696586894433477332225983248708120994', 7, 12, 20],
    ] as const;
    for (const [text, target, start, end] of parts) {
      const document = new DocumentTokens(tokenizer, text, new ChunkSizes(target));
      document.advance();
      assert.equal(document.countAlone(start, end), tokenizer.encode(text.slice(start, end)).length);
    }
  });

  it('can be interrupted after some kilobytes, and goes on where it was', () => {
    const text = [...seededTexts(3_000, 32)].join(' ');
    const document = new DocumentTokens(tokenizer, text);
    assert.equal(document.progress, 0);
    let calls = 0;
    let progress = 0;
    while (!document.advance(() => false)) {
      calls++;
      assert.ok(document.progress > progress && document.progress < progress + 20_000 / text.length);
      progress = document.progress;
      // The beginning is known before the end is.
      assert.notEqual(document.tokensIn(0, 2_000), undefined);
      assert.notEqual(document.countAlone(3, 2_000), undefined);
      assert.equal(document.tokensIn(text.length - 10, text.length), undefined);
      assert.equal(document.count, undefined);
    }
    assert.ok(calls > 10);
    assertTokens(document, text, tokenizer.encodeWithOffsets(text));
  });

  it('refuses ranges outside the text, and names them', () => {
    const document = new DocumentTokens(tokenizer, 'abc');
    document.advance();
    const ranges = [
      [0, 4],
      [4, 4],
      [-1, 1],
      [2, 1],
      [Number.NaN, 1],
      [0, Number.NaN],
      [0.5, 1],
      [0, Number.POSITIVE_INFINITY],
    ] as const;
    for (const [start, end] of ranges) {
      const names = new RegExp(`\\[${start}, ${end}\\) is no range of a text of 3 UTF-16 units`);
      assert.throws(() => document.tokensIn(start, end), names);
      assert.throws(() => document.countAlone(start, end), names);
      assert.throws(() => document.apply([{ offset: start, length: end - start, text: 'x' }]), RangeError);
    }
    assert.equal(document.count, 1);
  });
});
