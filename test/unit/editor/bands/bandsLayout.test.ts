import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import type { DocumentToken } from '../../../../src/core/tokenizer/documentTokens';
import { layoutBands, type BandLayoutOptions, type BandLine } from '../../../../src/editor/bands/bandLayout';
import type { BandPart } from '../../../../src/editor/bands/bandStyle';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';

const tokenizer = Gpt2Tokenizer.shared();

const ALTERNATING: BandLayoutOptions = {
  fillOf: ({ index }) => (index % 2 === 0 ? 'bandA' : 'bandB'),
  hasGaps: false,
  showsWhiteSpace: true,
};

function tokensOf(text: string): DocumentToken[] {
  const { ids, offsets } = tokenizer.encodeWithOffsets(text);
  return ids.map((id, index) => ({
    id,
    index,
    start: offsets[index]?.[0] ?? 0,
    end: offsets[index]?.[1] ?? 0,
  }));
}

/** Cut at `\n` and `\r\n`, as documents are. */
function linesOf(text: string): BandLine[] {
  const lines: BandLine[] = [];
  let offset = 0;
  for (const match of text.matchAll(/([^\n]*?)(\r?\n|$)/g)) {
    const [whole, content = '', end = ''] = match;
    lines.push({ line: lines.length, offset, text: content, endLength: end.length });
    offset += whole.length;
    if (end === '') {
      break;
    }
  }
  return lines;
}

function layout(text: string, options: Partial<BandLayoutOptions> = {}): BandPart[] {
  return layoutBands(linesOf(text), tokensOf(text), { ...ALTERNATING, ...options });
}

/** Parts as one reads them: style, line, and the text that they lie on. */
function read(text: string, options: Partial<BandLayoutOptions> = {}): string[] {
  const lines = linesOf(text);
  return layout(text, options).map(
    ({ style, line, start, end }) => `${line} ${style}: ${lines[line]?.text.slice(start, end) ?? '?'}`,
  );
}

describe('layout of token bands', () => {
  it('gives the space in front of a word to its band, and fills alternately', () => {
    assert.deepEqual(read('a ripe banana.'), [
      '0 fill bandA 0: a',
      '0 fill bandB 0:  ripe',
      '0 fill bandA 0:  banana',
      '0 fill bandB 0: .',
    ]);
  });

  it('has a sign for each space, tab and line end that is a token or a part of one', () => {
    assert.deepEqual(read('x\n    y\n\tz'), [
      '0 fill bandA 0: x',
      '0 lineEnd bandB single: ',
      '1 fill bandA 0:  ',
      '1 space:  ',
      '1 fill bandB 0:  ',
      '1 space:  ',
      '1 fill bandA 0:  ',
      '1 space:  ',
      '1 fill bandB 0:  y',
      '1 lineEnd bandA single: ',
      '2 fill bandB 0: \t',
      '2 tab: \t',
      '2 fill bandA 0: z',
    ]);
    assert.deepEqual(read('a\n\nb'), [
      '0 fill bandA 0: a',
      '0 lineEnd bandB single: ',
      '1 lineEnd bandA single: ',
      '2 fill bandB 0: b',
    ]);
  });

  it('has no signs where they are not wanted', () => {
    assert.deepEqual(read('x\n  y', { showsWhiteSpace: false }), [
      '0 fill bandA 0: x',
      '1 fill bandA 0:  ',
      '1 fill bandB 0:  y',
    ]);
  });

  it('draws a character of several tokens once, in the band of the first, and marks it', () => {
    // An emoji of three tokens, the first of which holds the space too.
    assert.deepEqual(read('x 🍌.'), [
      '0 fill bandA 0: x',
      '0 fill bandB 0:  🍌',
      '0 fill bandA 0: .',
      '0 shared: 🍌',
    ]);
  });

  it('sets bands with the same fill off from each other', () => {
    const text = '🍌🍌🍌';
    // Each has the same even number of tokens here, so that each begins with the same fill.
    const doubled: DocumentToken[] = [0, 2, 4].flatMap((start, at) => [
      { id: 1, index: 2 * at, start, end: start + 2 },
      { id: 2, index: 2 * at + 1, start, end: start + 2 },
    ]);
    assert.deepEqual(
      layoutBands(linesOf(text), doubled, ALTERNATING).map(({ style }) => style),
      ['fill bandA 0', 'fill bandA 1', 'fill bandA 2', 'shared'],
    );
  });

  it('sets all bands of a line off where colors stand for values', () => {
    assert.deepEqual(
      read('a b c\nd', { hasGaps: true, fillOf: ({ index }) => (index < 2 ? 'value1' : 'value7') }),
      [
        '0 fill value1 0: a',
        '0 fill value1 1:  b',
        '0 fill value7 1:  c',
        '0 lineEnd value7 single: ',
        '1 fill value7 0: d',
      ],
    );
  });

  it('does not fill what has no value yet', () => {
    assert.deepEqual(read('a b', { fillOf: ({ index }) => (index === 0 ? undefined : 'value2') }), [
      '0 fill value2 0:  b',
    ]);
  });

  it('draws one sign for a line end of two characters, marked where they are two tokens', () => {
    const styles = layout('a\r\nb').map(({ style, line }) => `${line} ${style}`);
    assert.deepEqual(styles, ['0 fill bandA 0', '0 lineEnd bandB shared', '1 fill bandB 0']);
    const asOne: DocumentToken[] = [
      { id: 1, index: 0, start: 0, end: 1 },
      { id: 2, index: 1, start: 1, end: 3 },
      { id: 3, index: 2, start: 3, end: 4 },
    ];
    assert.deepEqual(
      layoutBands(linesOf('a\r\nb'), asOne, ALTERNATING).map(({ style }) => style),
      ['fill bandA 0', 'lineEnd bandB single', 'fill bandA 0'],
    );
  });

  it('cuts a token of several lines at their ends', () => {
    const token: DocumentToken = { id: 1, index: 0, start: 0, end: 8 };
    assert.deepEqual(
      layoutBands(linesOf('ab;\n\n cd'), [token], ALTERNATING).map(
        ({ style, line, start, end }) => `${line} ${style} ${start}-${end}`,
      ),
      [
        '0 fill bandA 0 0-3',
        '0 lineEnd bandA single 3-3',
        '1 lineEnd bandA single 0-0',
        '2 fill bandA 0 0-3',
      ],
    );
  });

  it('puts every character of any text into exactly one band, and no two alike side by side', () => {
    const random = seededRandom(20261125);
    const pieces = ['banana', ' ', '\n', '\r\n', '\t', '日', '本', '🍌', 'é', '.', 'x1', '👨‍👩‍👧', '   ', 'Mike'];
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: 40 }, () => pieces[Math.floor(random() * pieces.length)] ?? '').join(
        '',
      );
      const lines = linesOf(text);
      const parts = layout(text);
      for (const { line, text: content } of lines) {
        const fills = parts.filter((part) => part.line === line && part.style.startsWith('fill'));
        let at = 0;
        fills.forEach(({ start, end, style }, index) => {
          assert.equal(start, at, `a hole or an overlap in ${JSON.stringify(content)}`);
          assert.notEqual(style, fills[index - 1]?.style);
          at = end;
        });
        assert.equal(at, content.length);
      }
      const ends = parts.filter(({ style }) => style.startsWith('lineEnd'));
      assert.deepEqual(
        ends.map(({ line }) => line),
        lines.filter(({ endLength }) => endLength > 0).map(({ line }) => line),
      );
    }
  });
});
