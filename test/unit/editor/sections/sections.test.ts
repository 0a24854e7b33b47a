import assert from 'node:assert/strict';
import { DocumentTokens } from '../../../../src/core/tokenizer/documentTokens';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import { finish } from '../../../../src/core/work/steps';
import { blockSections } from '../../../../src/editor/sections/blockSections';
import { measureOutline, type MeasuredSection } from '../../../../src/editor/sections/measuredSections';
import { MOST_SECTIONS, type Outline, type Section } from '../../../../src/editor/sections/section';
import { inOrder, parseSectionOrder } from '../../../../src/editor/sections/sectionOrder';
import { symbolSections, type OutlineSymbol } from '../../../../src/editor/sections/symbolSections';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';
import { briefFigures, figureLines, sectionName } from '../../../../src/editor/sections/sectionTexts';

const GPT2 = Gpt2Tokenizer.shared();

/** Of a text whose places are all in its first line. */
function symbol(name: string, start: number, end: number, ...children: OutlineSymbol[]): OutlineSymbol {
  const place = (character: number): { line: number; character: number } => ({ line: 0, character });
  return { name, kind: 11, range: { start: place(start), end: place(end) }, children };
}

function outlineOf(text: string, symbols: readonly OutlineSymbol[]): Outline {
  return finish(
    symbolSections(symbols, {
      offsetAt: ({ character }) => Math.min(character, text.length),
      lineBefore: ({ character }) => text.slice(0, character),
    }),
  );
}

/** `a[0,9](b[2,4])`. */
function drawn(sections: readonly Section[]): string {
  return sections
    .map(({ name, start, end, children }) => {
      const inside = children.length > 0 ? `(${drawn(children)})` : '';
      return `${name}[${start},${end}]${inside}`;
    })
    .join(' ');
}

function blocksOf(text: string): readonly Section[] {
  const lines = text.split('\n');
  const offsets = lines.map((_, line) => lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0));
  return finish(
    blockSections({
      count: lines.length,
      textOf: (line) => lines[line] ?? '',
      offsetOf: (line) => offsets[line] ?? 0,
    }),
  ).sections;
}

const x = (length: number): string => 'x'.repeat(length);

describe('sections of symbols', () => {
  it('are nested as they lie in the text, in its order, whoever is said to hold them', () => {
    const flat = [symbol('c', 6, 9), symbol('a', 0, 9), symbol('b', 1, 5), symbol('d', 10, 12)];
    assert.equal(drawn(outlineOf(x(12), flat).sections), 'a[0,9](b[1,5] c[6,9]) d[10,12]');
    const nested = [symbol('a', 0, 9, symbol('b', 1, 5), symbol('c', 6, 9)), symbol('d', 10, 12)];
    assert.deepEqual(outlineOf(x(12), nested), outlineOf(x(12), flat));
  });

  it('never lie over one another, and stay in the text', () => {
    const overlapping = [symbol('a', 0, 6), symbol('b', 4, 9), symbol('c', 5, 7), symbol('d', 8, 99)];
    assert.equal(drawn(outlineOf(x(12), overlapping).sections), 'a[0,6] b[6,9](c[6,7]) d[9,12]');
    const equal = [symbol('a', 0, 6), symbol('b', 0, 6), symbol('turned round', 6, 2)];
    assert.equal(drawn(outlineOf(x(6), equal).sections), 'a[0,6](b[0,6](turned round[6,6]))');
  });

  it('never lie over one another in 300 seeded outlines, and add up with what is between', () => {
    const random = seededRandom(5);
    const whole = (limit: number): number => Math.floor(random() * limit);
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: 60 }, () => 'ab 🍌\t.é'.charAt(whole(8))).join('');
      const some = (depth: number): OutlineSymbol[] =>
        Array.from({ length: whole(4) }, (_, index) =>
          symbol(`${index}`, whole(70), whole(70), ...(depth > 0 ? some(depth - 1) : [])),
        );
      const tokens = new DocumentTokens(GPT2, text);
      tokens.advance();
      const outline = outlineOf(text, some(3));
      const measured = finish(measureOutline(outline, text.length, (offset) => tokens.before(offset)));
      assert.ok(measured);
      assert.equal(measured.whole.tokens, GPT2.encode(text).length);
      assert.equal(measured.whole.characters, Array.from(text).length);
      assertApart(measured.sections, 0, text.length);
      const sum = measured.sections.reduce((all, { tokens }) => all + tokens, 0);
      assert.equal(sum + measured.outside.tokens, measured.whole.tokens);
    }
  });

  it('take the white space before them in their line', () => {
    const text = '    def a(): pass';
    assert.equal(drawn(outlineOf(text, [symbol('a', 4, 17)]).sections), 'a[0,17]');
    const two = outlineOf('const a = 1, b = 2', [symbol('a', 6, 11), symbol('b', 13, 18)]);
    assert.equal(drawn(two.sections), 'a[5,11] b[12,18]');
  });

  it('end somewhere, however many and however deep', () => {
    const many = outlineOf(
      x(9),
      Array.from({ length: MOST_SECTIONS + 1 }, () => symbol('a', 1, 2)),
    );
    assert.equal(many.isCut, true);
    let deep = symbol('innermost', 4, 5);
    for (let level = 0; level < 10_000; level++) {
      deep = symbol('a', 4, 5, deep);
    }
    let depth = 0;
    for (let [section] = outlineOf(x(9), [deep]).sections; section; [section] = section.children) {
      depth++;
    }
    assert.equal(depth, 32);
  });

  it('come in steps', () => {
    const symbols = Array.from({ length: 1_000 }, (_, index) => symbol('a', index, index + 1));
    const steps = symbolSections(symbols, { offsetAt: ({ character }) => character, lineBefore: () => '' });
    let count = 0;
    while (steps.next().done !== true) {
      count++;
    }
    assert.equal(count, 1_000);
  });
});

/** In order, none over another, each inside of what holds it. */
function assertApart(sections: readonly MeasuredSection[], from: number, to: number): void {
  let last = from;
  for (const { start, end, children } of sections) {
    assert.ok(start >= last && end >= start && end <= to, `[${start}, ${end}) after ${last}, in ${to}`);
    assertApart(children, start, end);
    last = end;
  }
}

describe('sections of a text without symbols', () => {
  it('are the blocks between empty lines, named after their first lines', () => {
    assert.equal(drawn(blocksOf('\n one \ntwo\n\n \t\nthree\n\nfour')), 'one[1,10] three[15,20] four[22,26]');
    assert.deepEqual(blocksOf(''), []);
    assert.deepEqual(blocksOf('\n \n'), []);
  });

  it('have short names, and are not without end', () => {
    assert.equal(blocksOf(x(100_000))[0]?.name.length, 200);
    const lines = {
      count: 3 * MOST_SECTIONS,
      textOf: (line: number) => (line % 2 ? 'a' : ''),
      offsetOf: () => 0,
    };
    const { sections, isCut } = finish(blockSections(lines));
    assert.equal(sections.length, MOST_SECTIONS);
    assert.equal(isCut, true);
  });
});

describe('figures of sections', () => {
  it('are the tokens that begin in each, and its characters', () => {
    const text = 'I ate a banana, 🍌!';
    const tokens = new DocumentTokens(GPT2, text);
    tokens.advance();
    const { offsets } = GPT2.encodeWithOffsets(text);
    for (let start = 0; start <= text.length; start++) {
      const before = tokens.before(start);
      assert.equal(before?.tokens, offsets.filter(([begin]) => begin < start).length);
    }
    const outline = outlineOf(text, [symbol('banana', 8, 14), symbol('emoji', 16, 18)]);
    const measured = finish(measureOutline(outline, text.length, (offset) => tokens.before(offset)));
    assert.deepEqual(
      measured?.sections.map(({ name, tokens, characters }) => [name, tokens, characters]),
      [
        ['banana', 1, 7],
        ['emoji', 3, 2],
      ],
    );
  });

  it('are not told where tokens are not known', () => {
    const outline = outlineOf(x(9), [symbol('a', 0, 9)]);
    assert.equal(
      finish(measureOutline(outline, 9, (offset) => (offset > 0 ? undefined : { tokens: 0, codePoints: 0 }))),
      undefined,
    );
  });

  it('number the sections of one name', () => {
    const outline = outlineOf(x(9), [symbol('a', 0, 2), symbol('b', 2, 4), symbol('a', 4, 6)]);
    const measured = finish(measureOutline(outline, 9, (offset) => ({ tokens: offset, codePoints: offset })));
    assert.deepEqual(
      measured?.sections.map(({ ordinal }) => ordinal),
      [0, 0, 1],
    );
  });

  it('are sorted by tokens, those of one size as in the text', () => {
    const sizes = [3, 9, 3, 5].map((tokens, index) => ({ tokens, characters: index }));
    const sorted = (order: 'position' | 'size'): number[] =>
      inOrder(sizes, order, (size) => size).map(({ characters }) => characters);
    assert.deepEqual(sorted('size'), [1, 3, 0, 2]);
    assert.deepEqual(sorted('position'), [0, 1, 2, 3]);
    assert.deepEqual(['size', 'position', 7, undefined].map(parseSectionOrder), [
      'size',
      'position',
      'position',
      'position',
    ]);
  });
});

describe('texts of sections', () => {
  const scale = { tokens: 1_300, contextWindow: 1_024, tokenizer: 'GPT-2' };

  it('tell tokens, shares and characters per token', () => {
    const figures = { tokens: 312, characters: 1_204 };
    assert.equal(briefFigures(figures, scale), '312 tokens · 24 %');
    assert.deepEqual(figureLines(figures, scale), [
      '312 tokens, 24 % of this text',
      'Context window: 30.4 % of 1,024',
      '1,204 characters, 3.86 per token',
    ]);
    assert.deepEqual(figureLines({ tokens: 0, characters: 1 }, { ...scale, tokens: 0 }), [
      '0 tokens, 0 % of this text',
      'Context window: 0.0 % of 1,024',
      '1 character',
    ]);
  });

  it('never say 100 % of a part, nor nothing of something', () => {
    const share = (tokens: number, whole: number): string =>
      briefFigures({ tokens, characters: 0 }, { ...scale, tokens: whole }).replace(/.* · /, '');
    assert.equal(share(999, 1_000), '99 %');
    assert.equal(share(1_000, 1_000), '100 %');
    assert.equal(share(31, 1_000), '3.1 %');
    assert.equal(share(1, 10_000), 'under 0.1 %');
  });

  it('show a foreign name in one line, cut, with what cannot be seen', () => {
    assert.equal(sectionName('  a\nb\u202e  '), 'a‹U+000A›b‹U+202E›');
    assert.equal(sectionName(' \n'), '(no name)');
    assert.equal(sectionName('x'.repeat(1_000)).length, 80);
  });
});
