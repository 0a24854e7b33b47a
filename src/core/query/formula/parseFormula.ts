import {
  MAX_FORMULA_DEPTH,
  MAX_FORMULA_LENGTH,
  MAX_FORMULA_OPERANDS,
  operandsOf,
  type Formula,
  type FormulaError,
  type SignedTerm,
} from './formula';
import { lexFormula, numberOfWord, type Lexeme } from './formulaLexer';

export type ParsedFormula =
  | { readonly kind: 'formula'; readonly formula: Formula }
  | { readonly kind: 'error'; readonly error: FormulaError };

/** What a formula is about. A line without any of it, and without a string, is meant as the text that it is: `();`, `-$`, `"`. */
const LETTER_OR_DIGIT = /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]/u;

/**
 * Parses a query line.
 *
 * ```text
 * sum    = term { ("+" | "-") term }
 * term   = factor { "*" factor }              all but one are numbers
 * factor = { "+" | "-" } ( word | string | "#" digits | "(" sum ")" | "mean" "(" sum { "," sum } ")" )
 * ```
 *
 * How lines are cut into words and operators, {@link lexFormula} tells; what strings may hold, `readString`. A number is a weight
 * beside `*` and a word elsewhere: `2*king` is twice a token, `2 + king` adds the token `2`, and `2*(3)` is twice the token `3`.
 * A line of punctuation alone, such as `();`, `->` or `"`, is a word, unless it is a formula over strings: `"+" - "-"`.
 *
 * Never throws, and takes time linear in the line.
 *
 * @returns undefined for a line without anything to search.
 */
export function parseFormula(line: string): ParsedFormula | undefined {
  if (line.length > MAX_FORMULA_LENGTH) {
    return failed({
      message: `A query has at most ${MAX_FORMULA_LENGTH} characters; this has ${line.length}.`,
      start: MAX_FORMULA_LENGTH,
      end: line.length,
    });
  }
  const text = line.trim();
  if (text === '') {
    return undefined;
  }
  const outcome = new FormulaParser(line, lexFormula(line)).parse();
  const isFormula = !('message' in outcome);
  if (
    LETTER_OR_DIGIT.test(text) ||
    (isFormula && operandsOf(outcome).some(({ kind }) => kind === 'string'))
  ) {
    return isFormula ? { kind: 'formula', formula: outcome } : failed(outcome);
  }
  const start = line.indexOf(text);
  return { kind: 'formula', formula: { kind: 'word', text, start, end: start + text.length } };
}

function failed(error: FormulaError): ParsedFormula {
  return { kind: 'error', error };
}

/** Unwinds the parser to {@link FormulaParser.parse}; never leaves this file. */
class FormulaSyntaxError extends Error {
  constructor(readonly where: FormulaError) {
    super(where.message);
  }
}

/** One part of a product, before it is known which of them are weights. */
interface Factor {
  readonly formula: Formula;
  /** The number that it can be as a weight, its sign included. */
  readonly weight: number | undefined;
  readonly start: number;
  readonly end: number;
}

class FormulaParser {
  private position = 0;
  private depth = 0;
  private operandCount = 0;
  /** End of the last lexeme taken. */
  private end = 0;

  constructor(
    private readonly line: string,
    private readonly lexemes: readonly Lexeme[],
  ) {}

  parse(): Formula | FormulaError {
    try {
      const formula = this.sum();
      const next = this.peek();
      if (next !== undefined) {
        this.fail(
          next.kind === 'close' ? 'No “(” belongs to this “)”.' : 'Expected +, - or * before this.',
          next,
        );
      }
      return formula;
    } catch (error) {
      if (error instanceof FormulaSyntaxError) {
        return error.where;
      }
      throw error;
    }
  }

  private sum(): Formula {
    const start = this.peek()?.start ?? this.line.length;
    const first = this.term();
    const rest: SignedTerm[] = [];
    for (let operator = this.peek(); ; operator = this.peek()) {
      if (operator?.kind !== 'plus' && operator?.kind !== 'minus') {
        return rest.length === 0 ? first : { kind: 'sum', first, rest, start, end: this.end };
      }
      this.take(operator);
      rest.push({ sign: operator.kind === 'plus' ? 1 : -1, operand: this.term() });
    }
  }

  private term(): Formula {
    const first = this.factor();
    let vector = first.weight === undefined ? first : undefined;
    let weight = first.weight ?? 1;
    if (this.peek()?.kind !== 'times') {
      return first.formula;
    }
    this.operandCount -= first.weight === undefined ? 0 : 1;
    for (let operator = this.peek(); operator?.kind === 'times'; operator = this.peek()) {
      this.take(operator);
      const next = this.factor();
      if (next.weight !== undefined) {
        weight *= next.weight;
        this.operandCount--;
      } else if (vector === undefined) {
        vector = next;
      } else {
        this.fail('One side of * must be a number.', next);
      }
    }
    const { start } = first;
    const range = { start, end: this.end };
    if (vector === undefined) {
      this.fail('These are numbers only. As a token, a number stands in quotes or brackets: 2*(3).', range);
    }
    if (!Number.isFinite(weight)) {
      this.fail('This weight is too large.', range);
    }
    // Without the sign of zero, which no weight needs.
    return { kind: 'scaled', factor: weight === 0 ? 0 : weight, operand: vector.formula, ...range };
  }

  private factor(): Factor {
    const lexeme = this.peek();
    const start = lexeme?.start ?? this.line.length;
    if (lexeme?.kind === 'plus' || lexeme?.kind === 'minus') {
      this.enter(lexeme);
      this.take(lexeme);
      const { formula, weight } = this.factor();
      this.depth--;
      const range = { start, end: this.end };
      return lexeme.kind === 'plus'
        ? { formula, weight, ...range }
        : {
            formula: { kind: 'negative', operand: formula, ...range },
            weight: weight === undefined ? undefined : -weight,
            ...range,
          };
    }
    const formula = this.primary(lexeme);
    // Brackets make a number a word.
    const weight = lexeme?.kind === 'word' && formula.kind === 'word' ? numberOfWord(lexeme.text) : undefined;
    return { formula, weight, start, end: this.end };
  }

  private primary(lexeme: Lexeme | undefined): Formula {
    switch (lexeme?.kind) {
      case 'word':
        return this.word(lexeme);
      case 'string':
        if (lexeme.error !== undefined) {
          throw new FormulaSyntaxError(lexeme.error);
        }
        if (lexeme.text === '') {
          this.fail('An empty text has no token.', lexeme);
        }
        this.countOperand(lexeme);
        return { kind: 'string', text: lexeme.text, start: lexeme.start, end: lexeme.end };
      case 'id':
        this.countOperand(lexeme);
        return lexeme;
      case 'open': {
        this.enter(lexeme);
        this.take(lexeme);
        const formula = this.sum();
        this.close(lexeme);
        return formula;
      }
      default:
        return this.fail(
          'Expected a word, a text in quotes, #id or “(”' +
            (lexeme === undefined ? ' at the end.' : ' before this.'),
          lexeme,
        );
    }
  }

  private word(lexeme: Lexeme & { readonly kind: 'word' }): Formula {
    const next = this.lexemes.at(this.position + 1);
    if (next?.kind !== 'open') {
      this.countOperand(lexeme);
      return lexeme;
    }
    if (lexeme.text !== 'mean') {
      const glued = next.start === lexeme.end;
      return glued
        ? this.fail('Only mean(…) is a function. In quotes, this is searched as it is.', lexeme)
        : this.fail('Expected +, - or * before this.', next);
    }
    this.enter(lexeme);
    this.take(lexeme);
    this.take(next);
    const parts = [this.sum()];
    for (let comma = this.peek(); comma?.kind === 'comma'; comma = this.peek()) {
      this.take(comma);
      parts.push(this.sum());
    }
    this.close(next);
    return { kind: 'mean', arguments: parts, start: lexeme.start, end: this.end };
  }

  private close(open: Lexeme): void {
    const next = this.peek();
    this.depth--;
    if (next === undefined) {
      this.fail('This “(” is never closed.', open);
    }
    if (next.kind !== 'close') {
      this.fail(
        next.kind === 'comma' ? 'Only mean(…) takes several parts.' : 'Expected +, -, * or “)” before this.',
        next,
      );
    }
    this.take(next);
  }

  private countOperand(lexeme: Lexeme): void {
    if (++this.operandCount > MAX_FORMULA_OPERANDS) {
      this.fail(`A formula has at most ${MAX_FORMULA_OPERANDS} words, texts and ids.`, lexeme);
    }
    this.take(lexeme);
  }

  private enter(lexeme: Lexeme): void {
    if (++this.depth > MAX_FORMULA_DEPTH) {
      this.fail(`Brackets and signs nest at most ${MAX_FORMULA_DEPTH} deep.`, lexeme);
    }
  }

  private peek(): Lexeme | undefined {
    return this.lexemes.at(this.position);
  }

  private take(lexeme: Lexeme): void {
    this.position++;
    this.end = lexeme.end;
  }

  /** @param where Where the line is wrong; the line's end where it is not given. */
  private fail(message: string, where?: { readonly start: number; readonly end: number }): never {
    const { length } = this.line;
    throw new FormulaSyntaxError({ message, start: where?.start ?? length, end: where?.end ?? length });
  }
}
