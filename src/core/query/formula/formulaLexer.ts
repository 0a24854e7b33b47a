import type { FormulaError, SourceRange } from './formula';
import { readString } from './stringLiteral';

/** A part of a line with a meaning of its own. */
export type Lexeme = SourceRange &
  (
    | { readonly kind: 'plus' | 'minus' | 'times' | 'open' | 'close' | 'comma' }
    /** One word or several, exactly as written: which of the two a formula needs, a number or a text, the parser knows. */
    | { readonly kind: 'word'; readonly text: string }
    | { readonly kind: 'id'; readonly id: number }
    | {
        readonly kind: 'string';
        readonly text: string;
        readonly isClosed: boolean;
        readonly error?: FormulaError;
      }
  );

/** `2`, `.5`, `1e-3`. Written so that no digit can be matched in two ways: a long row of them must not take quadratic time. */
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?/iy;
const WHOLE_NUMBER = /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;
const NUMBER_AFTER_TIMES = /\s*[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?(?=$|[\s),*+−-])/iy;
/** Up to nine digits: more than any vocabulary has, and exact in every number type on the way. */
const ID = /#(\d{1,9})(?=$|[\s(),*+−-])/y;
const SPACES = /\s*/y;
/** What a sign glued to it applies to. ASCII punctuation is left out, so that `->`, `+=` and `--flag` are words. */
const AFTER_SIGN = /$|[^!%&')*+,\-./:;<=>?\\\]^`{|}~]|\.\d/uy;

/** The number that a word is, or undefined. Not finite for one beyond what a double holds. */
export function numberOfWord(text: string): number | undefined {
  return WHOLE_NUMBER.test(text) ? Number(text) : undefined;
}

/**
 * Cuts a line into lexemes; any line, in linear time. What is an operator and what belongs to a word:
 *
 * - `+`, `-` and `−` (U+2212) are operators where no word runs into them from the left: at the start, after white space, after
 *   a bracket, a quote, an id or another operator. Inside a word they are letters of it: `e-mail`, `king-man`, `C++`, `1e-3`.
 *   Where an operand has to come and punctuation follows them at once they begin a word: `->`, `+=` and `--flag` need no quotes,
 *   nor does `mean(-, +)`.
 * - `*` is an operator between white space, next to a number (`2*king`, `king*2`), and after a bracket, a quote or an id. Elsewhere
 *   it is a letter: `*args`, `a*b`.
 * - `(` and `)` are always brackets, `,` separates only inside of them.
 * - `"` opens a string unless a word runs into it (`5"`).
 * - `#` and digits are an id unless a word goes on (`#12a`) or runs into it (`C#5`).
 * - Everything else makes up words. Words with only white space between them are one text: `New York`.
 */
export function lexFormula(line: string): Lexeme[] {
  return new FormulaLexer(line).lexemes();
}

class FormulaLexer {
  private readonly found: Lexeme[] = [];
  private at = 0;
  private depth = 0;

  constructor(private readonly line: string) {}

  lexemes(): Lexeme[] {
    const { line, found } = this;
    for (this.at = this.afterSpaces(0); this.at < line.length; this.at = this.afterSpaces(this.at)) {
      const lexeme = this.next();
      found.push(lexeme);
      this.at = lexeme.end;
    }
    return found;
  }

  private next(): Lexeme {
    const { line, at: start } = this;
    const end = start + 1;
    switch (line[start]) {
      case '(':
        this.depth++;
        return { kind: 'open', start, end };
      case ')':
        this.depth = Math.max(0, this.depth - 1);
        return { kind: 'close', start, end };
      case ',':
        return this.depth > 0 ? { kind: 'comma', start, end } : this.word();
      case '"': {
        const { text, end: stringEnd, isClosed, error } = readString(line, start, line.length);
        return {
          kind: 'string',
          text,
          isClosed,
          start,
          end: stringEnd,
          ...(error !== undefined && { error }),
        };
      }
      case '+':
        return this.followsOperand() || this.isSign(start) ? { kind: 'plus', start, end } : this.word();
      case '-':
      case '−':
        return this.followsOperand() || this.isSign(start) ? { kind: 'minus', start, end } : this.word();
      case '*':
        return this.followsOperand() || this.isTimes(start, undefined)
          ? { kind: 'times', start, end }
          : this.word();
      case '#':
        return this.id() ?? this.word();
      default:
        return this.word();
    }
  }

  /** Whether something stands before that is complete, so that an operator must follow. */
  private followsOperand(): boolean {
    switch (this.found.at(-1)?.kind) {
      case 'word':
      case 'string':
      case 'id':
      case 'close':
        return true;
      default:
        return false;
    }
  }

  private id(): Lexeme | undefined {
    ID.lastIndex = this.at;
    const match = ID.exec(this.line);
    return match === null
      ? undefined
      : { kind: 'id', id: Number(match[1]), start: this.at, end: this.at + match[0].length };
  }

  /** Words and the white space between them, as far as they go. */
  private word(): Lexeme {
    const { line, at: start } = this;
    let end = start;
    let previousIsNumber = false;
    for (let run = start; run < line.length; run = this.afterSpaces(end)) {
      if (run > start && this.endsWords(run, previousIsNumber)) {
        break;
      }
      NUMBER.lastIndex = run;
      const numberEnd = NUMBER.test(line) ? NUMBER.lastIndex : -1;
      end = this.runEnd(run, numberEnd);
      previousIsNumber = end === numberEnd;
    }
    return { kind: 'word', text: line.slice(start, end), start, end };
  }

  /** Where a word that begins at `run` ends: at white space, a bracket, a comma inside brackets, or a `*` beside a number. */
  private runEnd(run: number, numberEnd: number): number {
    const { line, depth } = this;
    let at = run + 1;
    for (; at < line.length; at++) {
      const character = line[at];
      if (
        character === '(' ||
        character === ')' ||
        (character === ',' && depth > 0) ||
        (character === '*' && this.isTimes(at, at === numberEnd)) ||
        isWhiteSpace(character)
      ) {
        break;
      }
    }
    return at;
  }

  /** Whether what stands at `at`, after a word and white space, is no further word. */
  private endsWords(at: number, previousIsNumber: boolean): boolean {
    switch (this.line[at]) {
      case '(':
      case ')':
      case '"':
        return true;
      case ',':
        return this.depth > 0;
      // Before the end of a part an operator lacks its right side, which is for the parser to say.
      case '+':
      case '-':
      case '−':
        return this.isSign(at) || this.endsPart(at + 1);
      case '*':
        return previousIsNumber || this.isTimes(at, undefined) || this.endsPart(at + 1);
      case '#':
        ID.lastIndex = at;
        return ID.test(this.line);
      default:
        return false;
    }
  }

  private endsPart(at: number): boolean {
    switch (this.line[at]) {
      case ')':
        return true;
      case ',':
        return this.depth > 0;
      case '*':
        return this.isTimes(at, false);
      default:
        return false;
    }
  }

  /** Whether a `+` or `-` that nothing runs into is an operator, and not the beginning of a word such as `->`. */
  private isSign(at: number): boolean {
    AFTER_SIGN.lastIndex = at + 1;
    return AFTER_SIGN.test(this.line);
  }

  /**
   * Whether a `*` is an operator.
   *
   * @param afterNumber Whether a number runs into it, or undefined where no word runs into it at all.
   */
  private isTimes(at: number, afterNumber: boolean | undefined): boolean {
    const { line } = this;
    if (
      afterNumber === true ||
      (afterNumber === undefined && (at + 1 === line.length || isWhiteSpace(line[at + 1])))
    ) {
      return true;
    }
    NUMBER_AFTER_TIMES.lastIndex = at + 1;
    return NUMBER_AFTER_TIMES.test(line);
  }

  private afterSpaces(at: number): number {
    SPACES.lastIndex = at;
    SPACES.test(this.line);
    return SPACES.lastIndex;
  }
}

function isWhiteSpace(character: string): boolean {
  return /\s/.test(character);
}
