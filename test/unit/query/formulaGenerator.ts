import type { SeededRandom } from '../../fixtures/checkpoints/seededRandom';

/** A line with what it means, worked out beside it. */
export interface MeantLine {
  readonly line: string;
  /** Each operand as it is written, with its weight, in the order of the line. */
  readonly operands: readonly { readonly source: string; readonly weight: number }[];
}

/** Words of every awkward kind. Those of {@link NUMBERS} need brackets beside a `*`. */
const WORDS = [
  'king',
  'man',
  'e-mail',
  'C++',
  "don't",
  '->',
  'New York',
  '北京',
  '*args',
  'a*b',
  '#12a',
  'mean',
  '5"',
  'naïve',
  '--x',
];
const NUMBERS = ['3', '3.14', '1e-3', '.5'];
const QUOTED = ['" Mike"', '"\\"+"', '"a, b"', '"\\u{1f600}"', '"(x"'];
const WEIGHTS = [2, 0.5, 3, 0.25, 10];

/** What a sign glued to it applies to, in the words of this file. */
const AFTER_GLUED_SIGN = /^[\p{L}\d"#(]/u;

/** Writes random formulas in random spacing, and says what they mean without any parser. */
export class FormulaGenerator {
  constructor(private readonly random: SeededRandom) {}

  sum(depth: number): MeantLine {
    let meant = this.term(depth);
    for (let more = this.below(3); more > 0; more--) {
      const sign = this.below(2) === 0 ? 1 : -1;
      const next = this.term(depth);
      const gap = AFTER_GLUED_SIGN.test(next.line) ? this.spaces() : ' ';
      meant = {
        line: `${meant.line} ${sign === 1 ? '+' : this.pick(['-', '−'])}${gap}${next.line}`,
        operands: [...meant.operands, ...weighted(next, sign)],
      };
    }
    return meant;
  }

  private term(depth: number): MeantLine {
    const isProduct = this.below(3) === 0;
    if (!isProduct) {
      return this.factor(depth, false);
    }
    const weight = this.pick(WEIGHTS);
    const inner = this.factor(depth, true);
    const scaled = weighted(inner, weight);
    return this.below(2) === 0
      ? { line: `${weight}${this.spaces()}*${this.spaces()}${inner.line}`, operands: scaled }
      : { line: `${inner.line}${this.spaces()}*${this.spaces()}${weight}`, operands: scaled };
  }

  private factor(depth: number, besideNumber: boolean): MeantLine {
    if (depth > 0 && this.below(5) === 0) {
      const inner = this.factor(depth - 1, besideNumber);
      const gap = AFTER_GLUED_SIGN.test(inner.line) ? this.spaces() : ' ';
      return { line: `-${gap}${inner.line}`, operands: weighted(inner, -1) };
    }
    if (depth > 0 && this.below(3) === 0) {
      const inner = this.sum(depth - 1);
      return { line: `(${this.spaces()}${inner.line}${this.spaces()})`, operands: inner.operands };
    }
    if (depth > 0 && this.below(3) === 0) {
      const parts = Array.from({ length: 1 + this.below(3) }, () => this.sum(depth - 1));
      return {
        line: `mean(${parts.map(({ line }) => line).join(`${this.spaces()},${this.spaces()}`)})`,
        operands: parts.flatMap((part) => weighted(part, 1 / parts.length)),
      };
    }
    const source = this.pick([
      this.pick(WORDS),
      this.pick(WORDS),
      this.pick(QUOTED),
      `#${this.below(50257)}`,
      this.pick(NUMBERS),
    ]);
    const line = NUMBERS.includes(source) && besideNumber ? `(${source})` : source;
    return { line, operands: [{ source, weight: 1 }] };
  }

  private spaces(): string {
    return this.pick(['', ' ', '  ']);
  }

  private pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) {
      throw new RangeError('Nothing to choose from');
    }
    return choice;
  }

  private below(limit: number): number {
    return Math.floor(this.random.uniform() * limit);
  }
}

function weighted({ operands }: MeantLine, factor: number): MeantLine['operands'] {
  return operands.map(({ source, weight }) => ({ source, weight: weight * factor }));
}
