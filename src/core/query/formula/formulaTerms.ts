import { notFoundText } from '../../labels/notFoundText';
import type { Tokenizer } from '../../tokenizer/tokenizer';
import type { QueryTerm } from '../meanTerms';
import type { Formula, FormulaError, FormulaOperandNode } from './formula';
import { formOfOperand, type WordFormChoice } from './wordForm';

/** A word, string or id of a formula with the tokens that it became. */
export interface FormulaOperand {
  readonly node: FormulaOperandNode;
  /** What was encoded; undefined for an id. */
  readonly text: string | undefined;
  /** At least one. */
  readonly ids: readonly number[];
  /** What it counts in the formula: its factors, signs and shares of means multiplied. */
  readonly weight: number;
}

export type FormulaTerms =
  | {
      readonly kind: 'terms';
      /** In the order of the line. */
      readonly operands: readonly FormulaOperand[];
      /** Σ weight · row is the query's vector. A token that comes more than once has more than one term. */
      readonly terms: readonly QueryTerm[];
    }
  | { readonly kind: 'error'; readonly error: FormulaError };

/**
 * The weighted tokens that a formula adds up. An operand of several tokens is the mean of them, as everywhere: weight / n each.
 *
 * @param idCount Ids are valid below it: the number of rows, where a matrix has more than the tokenizer has tokens.
 */
export function formulaTerms(
  formula: Formula,
  tokenizer: Tokenizer,
  form: WordFormChoice,
  idCount: number = tokenizer.vocabularySize,
): FormulaTerms {
  const operands: FormulaOperand[] = [];
  for (const { node, weight } of weightedOperands(formula, 1)) {
    const operand = resolveOperand(node, weight, tokenizer, form);
    const message = problemOf(operand, idCount, tokenizer);
    if (message !== undefined) {
      return { kind: 'error', error: { message, start: node.start, end: node.end } };
    }
    operands.push(operand);
  }
  const terms = operands.flatMap(({ ids, weight }) => ids.map((id) => ({ id, weight: weight / ids.length })));
  if (addsUpToNothing(terms)) {
    const { start, end } = formula;
    return {
      kind: 'error',
      error: { message: 'This adds up to nothing: every token cancels out.', start, end },
    };
  }
  return { kind: 'terms', operands, terms };
}

interface WeightedOperand {
  readonly node: FormulaOperandNode;
  readonly weight: number;
}

function weightedOperands(formula: Formula, weight: number): WeightedOperand[] {
  switch (formula.kind) {
    case 'negative':
      return weightedOperands(formula.operand, -weight);
    case 'scaled':
      return weightedOperands(formula.operand, weight * formula.factor);
    case 'mean':
      return formula.arguments.flatMap((part) => weightedOperands(part, weight / formula.arguments.length));
    case 'sum':
      return [{ sign: 1, operand: formula.first } as const, ...formula.rest].flatMap(({ sign, operand }) =>
        weightedOperands(operand, sign * weight),
      );
    default:
      return [{ node: formula, weight }];
  }
}

function resolveOperand(
  node: FormulaOperandNode,
  weight: number,
  tokenizer: Tokenizer,
  form: WordFormChoice,
): FormulaOperand {
  if (node.kind === 'id') {
    return { node, text: undefined, ids: [node.id], weight };
  }
  const isSpaced =
    node.kind === 'word' &&
    (form === 'automatic' ? formOfOperand(tokenizer, node.text) : form) === 'leadingSpace';
  const text = isSpaced ? ` ${node.text}` : node.text;
  return { node, text, ids: tokenizer.encode(text), weight };
}

function problemOf(
  { text, ids, weight }: FormulaOperand,
  idCount: number,
  tokenizer: Tokenizer,
): string | undefined {
  const notFound = text === undefined ? undefined : notFoundText(tokenizer, text);
  if (notFound !== undefined) {
    return notFound;
  }
  if (ids.length === 0) {
    return tokenizer.missing ?? 'The tokenizer makes no token of this.';
  }
  const outside = ids.find((id) => id >= idCount);
  if (outside !== undefined) {
    return tokenizer.labelKind === undefined
      ? `There is no token ${outside}: ids go from 0 to ${idCount - 1}.`
      : `There is no row ${outside}: rows go from 0 to ${idCount - 1}.`;
  }
  return Number.isFinite(weight) ? undefined : 'The weights of this multiply to more than a number can hold.';
}

function addsUpToNothing(terms: readonly QueryTerm[]): boolean {
  const sums = new Map<number, number>();
  for (const { id, weight } of terms) {
    sums.set(id, (sums.get(id) ?? 0) + weight);
  }
  return [...sums.values()].every((sum) => sum === 0);
}
