import assert from 'node:assert/strict';
import { operandsOf, type Formula } from '../../../src/core/query/formula/formula';
import { formulaTerms } from '../../../src/core/query/formula/formulaTerms';
import { lexFormula } from '../../../src/core/query/formula/formulaLexer';
import { parseFormula } from '../../../src/core/query/formula/parseFormula';
import { printFormula } from '../../../src/core/query/formula/printFormula';
import { quoteString, readString } from '../../../src/core/query/formula/stringLiteral';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';
import { FormulaGenerator } from './formulaGenerator';

const tokenizer = Gpt2Tokenizer.shared();

/** A tree without its ranges. */
function shape(formula: Formula): unknown {
  return JSON.parse(
    JSON.stringify(formula, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value)),
  );
}

function eachNode(formula: Formula, visit: (node: Formula) => void): void {
  visit(formula);
  switch (formula.kind) {
    case 'negative':
    case 'scaled':
      eachNode(formula.operand, visit);
      break;
    case 'sum':
      [formula.first, ...formula.rest.map(({ operand }) => operand)].forEach((part) => {
        eachNode(part, visit);
      });
      break;
    case 'mean':
      formula.arguments.forEach((part) => {
        eachNode(part, visit);
      });
      break;
    default:
  }
}

describe('formula, on seeded random lines', () => {
  it('means what 10,000 generated formulas were made to mean', () => {
    const generator = new FormulaGenerator(new SeededRandom(501));
    let compound = 0;
    for (let i = 0; i < 10_000; i++) {
      const { line, operands } = generator.sum(i % 5);
      if (!/[\p{L}\d"]/u.test(line)) {
        // Punctuation alone is no formula.
        continue;
      }
      const parsed = parseFormula(line);
      assert.ok(parsed?.kind === 'formula', `${line}: ${JSON.stringify(parsed)}`);
      const sources = operandsOf(parsed.formula).map(({ start, end }) => line.slice(start, end));
      assert.deepEqual(
        sources,
        operands.map(({ source }) => source),
        line,
      );
      const resolved = formulaTerms(parsed.formula, tokenizer, 'bare');
      if (resolved.kind === 'error') {
        assert.match(resolved.error.message, /adds up to nothing/, line);
        continue;
      }
      compound += operands.length > 1 ? 1 : 0;
      resolved.operands.forEach(({ weight }, at) => {
        const expected = operands[at]?.weight ?? NaN;
        assert.ok(
          Math.abs(weight - expected) <= 1e-12 * Math.abs(expected),
          `${line}: ${weight}, not ${expected}`,
        );
      });
    }
    assert.ok(compound > 5_000);
  });

  it('is the same tree again after printing', () => {
    const generator = new FormulaGenerator(new SeededRandom(502));
    for (let i = 0; i < 10_000; i++) {
      const { line } = generator.sum(i % 6);
      const parsed = parseFormula(line);
      assert.ok(parsed?.kind === 'formula', line);
      const printed = printFormula(parsed.formula);
      const again = parseFormula(printed);
      assert.ok(again?.kind === 'formula', `${line} printed as ${printed}`);
      assert.deepEqual(shape(again.formula), shape(parsed.formula), `${line} printed as ${printed}`);
      assert.equal(printFormula(again.formula), printed);
    }
  });

  it('never throws on 40,000 hostile lines, points inside them, and prints what it read', () => {
    const parts = Array.from('"()+-−*#,. \\\n\tx{}:$1290eaéж漢😀\u0301\ud800\udc00\ufeff\u0085').concat([
      'mean(',
      'king',
      ' - ',
      ' + ',
      '2*',
      '*2',
      '\\x4',
      '\\u{',
      '" Mike"',
      '#12',
      '1e5',
      '->',
      '  ',
    ]);
    const random = new SeededRandom(503);
    let formulas = 0;
    for (let i = 0; i < 40_000; i++) {
      const length = Math.floor(random.uniform() * 14);
      const line = Array.from(
        { length },
        () => parts[Math.floor(random.uniform() * parts.length)] ?? '',
      ).join('');
      const parsed = parseFormula(line);
      if (parsed?.kind === 'error') {
        const { start, end, message } = parsed.error;
        assert.ok(message.length > 0 && start >= 0 && end <= line.length, line);
        assert.ok(
          start < end || (start === end && end === line.length),
          JSON.stringify({ line, start, end }),
        );
      } else if (parsed !== undefined) {
        formulas++;
        checkRanges(line, parsed.formula);
        const printed = printFormula(parsed.formula);
        const again = parseFormula(printed);
        assert.ok(again?.kind === 'formula', JSON.stringify({ line, printed, again }));
        assert.deepEqual(shape(again.formula), shape(parsed.formula), JSON.stringify({ line, printed }));
      } else {
        assert.equal(line.trim(), '');
      }
    }
    assert.ok(formulas > 10_000);
  });

  it('covers every line with lexemes but for white space', () => {
    const random = new SeededRandom(504);
    const parts = Array.from('"()+-*#, ab12\\\u3000');
    for (let i = 0; i < 5_000; i++) {
      const line = Array.from(
        { length: i % 30 },
        () => parts[Math.floor(random.uniform() * parts.length)] ?? '',
      ).join('');
      let done = 0;
      for (const { start, end } of lexFormula(line)) {
        assert.ok(start >= done && end > start && end <= line.length, line);
        assert.equal(line.slice(done, start).trim(), '');
        done = end;
      }
      assert.equal(line.slice(done).trim(), '');
    }
  });

  it('reads every quoted text back', () => {
    const random = new SeededRandom(505);
    for (let i = 0; i < 20_000; i++) {
      const codes = Array.from({ length: i % 8 }, () => random.uint32() % (i % 2 === 0 ? 0x100 : 0x110000));
      const text = String.fromCodePoint(...codes);
      const quoted = quoteString(text);
      assert.deepEqual(readString(quoted, 0, quoted.length), { text, end: quoted.length, isClosed: true });
      assert.doesNotMatch(quoted, /[\p{Cc}\p{Cf}]/u);
    }
  });
});

function checkRanges(line: string, formula: Formula): void {
  eachNode(formula, (node) => {
    assert.ok(node.start >= 0 && node.start < node.end && node.end <= line.length, line);
    const source = line.slice(node.start, node.end);
    if (node.kind === 'word') {
      assert.equal(source, node.text);
    } else if (node.kind === 'id') {
      assert.equal(Number(source.slice(1)), node.id);
    }
  });
}
