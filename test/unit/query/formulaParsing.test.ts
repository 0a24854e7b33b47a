import assert from 'node:assert/strict';
import {
  isCompound,
  MAX_FORMULA_DEPTH,
  MAX_FORMULA_LENGTH,
  MAX_FORMULA_OPERANDS,
  operandsOf,
  type Formula,
  type FormulaError,
} from '../../../src/core/query/formula/formula';
import { parseFormula } from '../../../src/core/query/formula/parseFormula';
import { isBareWord, printFormula, queryLineOf } from '../../../src/core/query/formula/printFormula';
import { parseQueryText } from './queryText';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';

function formulaOf(line: string): Formula {
  const parsed = parseFormula(line);
  assert.ok(parsed?.kind === 'formula', `${line}: ${JSON.stringify(parsed)}`);
  return parsed.formula;
}

function errorOf(line: string): FormulaError {
  const parsed = parseFormula(line);
  assert.ok(parsed?.kind === 'error', `${line}: ${JSON.stringify(parsed)}`);
  return parsed.error;
}

const marked = (line: string): string => {
  const { start, end } = errorOf(line);
  return `${line.slice(0, start)}[${line.slice(start, end)}]${line.slice(end)}`;
};

describe('formula', () => {
  it('has nothing to search in an empty line', () => {
    assert.equal(parseFormula(''), undefined);
    assert.equal(parseFormula(' \t\n\u00a0'), undefined);
  });

  it('reads a word, an id and a quoted text alone as the plain query line does', () => {
    const lines = [
      ' banana ',
      'Mike',
      '#16073',
      ' #0 ',
      '" Mike"',
      '"  "',
      'e-mail',
      "don't",
      'C++',
      '#12a',
      '##12',
    ];
    for (const line of [
      ...lines,
      '#',
      '#-1',
      '#1234567890',
      '""',
      '"',
      'New  York',
      '北京',
      '3.14',
      '->',
      'x_1',
      '$x',
    ]) {
      const before = parseQueryText(line);
      const now = formulaOf(line);
      const kinds = { id: 'id', literal: 'string', word: 'word' } as const;
      assert.equal(now.kind, kinds[before?.kind ?? 'word'], line);
      assert.deepEqual(
        now.kind === 'id' ? { id: now.id } : 'text' in now ? { text: now.text } : now,
        before?.kind === 'id' ? { id: before.id } : { text: before?.text },
      );
    }
  });

  it('takes every token of the vocabulary, typed without the space before it, as that word, or the text that its quotes enclose', () => {
    const tokenizer = Gpt2Tokenizer.shared();
    for (let id = 0; id < tokenizer.vocabularySize; id++) {
      const text = tokenizer.decode([id]).trim();
      if (text === '') {
        continue;
      }
      const formula = formulaOf(text);
      const isQuoted = /^"[^"]+"$/.test(text);
      assert.equal(formula.kind, isQuoted ? 'string' : 'word', text);
      assert.equal('text' in formula && formula.text, isQuoted ? text.slice(1, -1) : text);
    }
  });

  it('gives each node the range that it was read from', () => {
    assert.deepEqual(formulaOf(' 2*(king − man)+" Mike"'), {
      kind: 'sum',
      start: 1,
      end: 23,
      first: {
        kind: 'scaled',
        factor: 2,
        start: 1,
        end: 15,
        operand: {
          kind: 'sum',
          start: 4,
          end: 14,
          first: { kind: 'word', text: 'king', start: 4, end: 8 },
          rest: [{ sign: -1, operand: { kind: 'word', text: 'man', start: 11, end: 14 } }],
        },
      },
      rest: [{ sign: 1, operand: { kind: 'string', text: ' Mike', start: 15 + 1, end: 23 } }],
    });
    assert.deepEqual(formulaOf('-mean(#5, b)'), {
      kind: 'negative',
      start: 0,
      end: 12,
      operand: {
        kind: 'mean',
        start: 1,
        end: 12,
        arguments: [
          { kind: 'id', id: 5, start: 6, end: 8 },
          { kind: 'word', text: 'b', start: 10, end: 11 },
        ],
      },
    });
  });

  it('tells operators from letters of a word', () => {
    // Left the line, right its canonical form, in which operators stand between spaces.
    const readings: Record<string, string> = {
      'king-man': 'king-man',
      'king - man': 'king - man',
      'king -man': 'king - man',
      'king- man': 'king- man',
      'king − man': 'king - man',
      'C++ - Java': 'C++ - Java',
      'e-mail + post': 'e-mail + post',
      "don't-do": "don't-do",
      '(king)-man': 'king - man',
      '"king"-man': '"king" - man',
      '#5-#6': '#5 - #6',
      '-king': '-king',
      '- king': '-king',
      '- -king': '- -king',
      '--king': '--king',
      'king + ->': 'king + ->',
      'mean(-, +, *, ->)': 'mean((-), (+), (*), ->)',
      '2*king': '2 * king',
      '2 *king': '2 * king',
      'king* 2': '2 * king',
      'king*2': '2 * king',
      '2*king*-3': '-6 * king',
      '-2*king': '-2 * king',
      '.5*king': '0.5 * king',
      '1e-3*king': '0.001 * king',
      '2*-king': '2 * -king',
      '2 + king': '2 + king',
      '2*(3)': '2 * (3)',
      'a*b': 'a*b',
      '*args': '*args',
      'print *args': 'print *args',
      '2**args': '2 * *args',
      'New York - USA': 'New York - USA',
      'one, two': 'one, two',
      'mean(one, two)': 'mean(one, two)',
      'mean (one)': 'mean(one)',
      mean: 'mean',
      '5" disk': '5" disk',
      'C#5': 'C#5',
      'king × 2': 'king × 2',
    };
    for (const [line, canonical] of Object.entries(readings)) {
      assert.equal(printFormula(formulaOf(line)), canonical, line);
    }
  });

  it('reads the escapes of strings', () => {
    const [first] = operandsOf(formulaOf(String.raw`"\"\\\n\t\r\x41\u{e9}\u{1F600}" + x`));
    assert.equal(first?.kind === 'string' && first.text, '"\\\n\t\rAé😀');
    assert.equal(
      printFormula(formulaOf(String.raw`"\x1b\u{a0}\u{200b}\u{2028} é"`)),
      String.raw`"\x1b\u{a0}\u{200b}\u{2028} é"`,
    );
  });

  it('reads a line of punctuation as the word that it is, unless it is a formula over strings or pictographs', () => {
    for (const line of [
      '+',
      '-',
      '*',
      '(',
      ')',
      '();',
      '+=',
      '-$',
      '(%)',
      '"',
      '"""',
      ',',
      '{}',
      ':)',
      '/*',
    ]) {
      assert.deepEqual(formulaOf(` ${line}`), { kind: 'word', text: line, start: 1, end: 1 + line.length });
    }
    assert.equal(printFormula(formulaOf('"+"-"-"')), '"+" - "-"');
    assert.equal(printFormula(formulaOf('👑 -👨')), '👑 - 👨');
  });

  it('points at what is wrong', () => {
    const lines = [
      'king - [)]',
      'king [)]',
      '[(]king',
      'king [(]man)',
      '[sum](a)',
      '[Mean](a)',
      'mean([)]',
      'mean(a,[)]',
      'mean[(]a',
      '(a -[)]',
      'mean(a *[,] b)',
      '(a[,] b)',
      'king [#5]',
      'king ["man"]',
      '"a" ["b"]',
      '#5 [king]',
      'a * [b]',
      '2 * a * [b]',
      '[2 * 3]',
      '1 + [2*3] + x',
      'a - [*] b',
      'king ["man]',
      '"a[\\q]"',
      '"a[\\xe4]"',
      '"a[\\u{d800}]"',
      '"a[\\u{110000}]"',
      'x + [""]',
      '[1e300 * 1e300 * x]',
    ];
    for (const expected of lines) {
      assert.equal(marked(expected.replace(/[[\]]/g, '')), expected);
    }
    assert.equal(marked('king -'), 'king -[]');
    assert.equal(marked('2*'), '2*[]');
    assert.match(errorOf('king -').message, /at the end/);
  });

  it('refuses what exceeds its limits, and takes what reaches them', () => {
    const sum = (count: number): string => Array.from({ length: count }, () => '2*x').join(' + ');
    assert.equal(operandsOf(formulaOf(sum(MAX_FORMULA_OPERANDS))).length, MAX_FORMULA_OPERANDS);
    assert.match(errorOf(sum(MAX_FORMULA_OPERANDS + 1)).message, /at most 1000/);

    const nested = (depth: number): string => '('.repeat(depth) + 'x' + ')'.repeat(depth);
    assert.equal(formulaOf(nested(MAX_FORMULA_DEPTH)).kind, 'word');
    assert.deepEqual(errorOf(nested(MAX_FORMULA_DEPTH + 1)), {
      message: 'Brackets and signs nest at most 50 deep.',
      start: MAX_FORMULA_DEPTH,
      end: MAX_FORMULA_DEPTH + 1,
    });
    assert.match(errorOf(`${'- '.repeat(MAX_FORMULA_DEPTH + 1)}x`).message, /50 deep/);
    assert.match(errorOf('mean('.repeat(60)).message, /50 deep/);
    // The depth is that of the place, not the number of brackets.
    assert.equal(formulaOf(Array.from({ length: 200 }, () => '(-x)').join(' + ')).kind, 'sum');

    assert.equal(formulaOf('x'.repeat(MAX_FORMULA_LENGTH)).kind, 'word');
    const tooLong = errorOf('x'.repeat(MAX_FORMULA_LENGTH + 1));
    assert.deepEqual([tooLong.start, tooLong.end], [MAX_FORMULA_LENGTH, MAX_FORMULA_LENGTH + 1]);
  });

  it('survives the longest lines of one repeated part', () => {
    const parts = [
      '*',
      ' *',
      '* ',
      '1',
      '1*',
      '*1',
      '1x*',
      '-',
      '- ',
      '"',
      '" ',
      '\\',
      '(',
      ')',
      '#',
      '#1',
      ',',
      '.',
      '1.',
      'e1',
      ' ',
      'a ',
      'mean(',
    ];
    for (const part of parts) {
      for (const end of ['', 'x', '1x', '"']) {
        parseFormula(part.repeat(Math.floor((MAX_FORMULA_LENGTH - 2) / part.length)) + end);
      }
    }
  });

  it('knows what is more than one operand alone', () => {
    for (const line of ['x', '#5', '" x"', '(x)']) {
      assert.equal(isCompound(formulaOf(line)), false, line);
    }
    for (const line of ['-x', '2*x', 'x + y', 'mean(x)']) {
      assert.equal(isCompound(formulaOf(line)), true, line);
    }
  });

  it('writes a text as a query line that means it', () => {
    const lines: Record<string, string> = {
      Mike: 'Mike',
      'New York': 'New York',
      ' Mike': '" Mike"',
      '();': '();',
      'f(x)': '"f(x)"',
      'a - b': '"a - b"',
      '#5': '"#5"',
      '-king': '"-king"',
      'say "hi"\\\n': '"say \\"hi\\"\\\\\\n"',
    };
    for (const [text, line] of Object.entries(lines)) {
      assert.equal(queryLineOf(text), line);
      assert.equal(isBareWord(text), text === line);
      const formula = formulaOf(line);
      assert.equal('text' in formula && formula.text, text);
    }
  });
});
