/**
 * The tree of a formula over tokens. Every node knows the part of the line that it was read from: UTF-16 positions, `end`
 * excluded. Parentheses leave no node; they lie outside the range of what they hold.
 */
export type Formula = FormulaOperandNode | NegativeNode | ScaledNode | SumNode | MeanNode;

/** The leaves: what has a vector of its own. */
export type FormulaOperandNode = WordNode | StringNode | IdNode;

export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

/** A bare word, or several with the white space between them (`New York`). The form chosen beside the line decides its tokens. */
export interface WordNode extends SourceRange {
  readonly kind: 'word';
  readonly text: string;
}

/** A string in double quotes: exactly this text, leading space and all. Never empty. */
export interface StringNode extends SourceRange {
  readonly kind: 'string';
  readonly text: string;
}

/** `#16073`. Not checked against a vocabulary. */
export interface IdNode extends SourceRange {
  readonly kind: 'id';
  readonly id: number;
}

export interface NegativeNode extends SourceRange {
  readonly kind: 'negative';
  readonly operand: Formula;
}

/** `2*king`: `factor` is the product of all numbers of the term, and finite. */
export interface ScaledNode extends SourceRange {
  readonly kind: 'scaled';
  readonly factor: number;
  readonly operand: Formula;
}

/** Two terms or more. */
export interface SumNode extends SourceRange {
  readonly kind: 'sum';
  readonly first: Formula;
  readonly rest: readonly SignedTerm[];
}

export interface SignedTerm {
  readonly sign: 1 | -1;
  readonly operand: Formula;
}

/** `mean(a, b, …)`: one argument or more, each with the same weight. */
export interface MeanNode extends SourceRange {
  readonly kind: 'mean';
  readonly arguments: readonly Formula[];
}

/** What is wrong with a line, and where: 0 ≤ start ≤ end ≤ length of the line; empty only at the line's end. */
export interface FormulaError extends SourceRange {
  /** A sentence for people. */
  readonly message: string;
}

/** Longest line that is read, in UTF-16 units: as much as the panel accepts from its page, and milliseconds to parse. */
export const MAX_FORMULA_LENGTH = 10_000;

/** How deep parentheses and signs nest: nobody reads more, and recursion over the tree must stay far from the stack's end. */
export const MAX_FORMULA_DEPTH = 50;

/** Most words, strings and ids of one formula: each costs rows to add up, and beyond it nobody typed the line. */
export const MAX_FORMULA_OPERANDS = 1000;

/** True for more than one word, string or id alone: the operands of such a formula are inputs, not the answer looked for. */
export function isCompound(formula: Formula): boolean {
  return formula.kind !== 'word' && formula.kind !== 'string' && formula.kind !== 'id';
}

/** The words, strings and ids of a formula, in the order of the line. */
export function operandsOf(formula: Formula): FormulaOperandNode[] {
  switch (formula.kind) {
    case 'negative':
    case 'scaled':
      return operandsOf(formula.operand);
    case 'sum':
      return [formula.first, ...formula.rest.map(({ operand }) => operand)].flatMap(operandsOf);
    case 'mean':
      return formula.arguments.flatMap(operandsOf);
    default:
      return [formula];
  }
}
