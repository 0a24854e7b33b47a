import { isCompound, type FormulaOperandNode } from '../../core/query/formula/formula';
import { parseFormula } from '../../core/query/formula/parseFormula';
import { printFormula } from '../../core/query/formula/printFormula';
import { AnswerError } from './answerError';
import { shown } from './checkedValues';

/** Three words of an analogy: a is to b as c is to what is looked for. */
export interface Analogy {
  readonly a: string;
  readonly b: string;
  readonly c: string;
}

/**
 * The formula b − a + c as a query line (Mikolov et al. 2013, "Linguistic Regularities in Continuous Space Word Representations").
 *
 * @throws {AnswerError} where one of the three is not one word, string or id.
 */
export function analogyLine({ a, b, c }: Analogy): string {
  return printFormula({
    kind: 'sum',
    first: operandOf(b, 'b'),
    rest: [
      { sign: -1, operand: operandOf(a, 'a') },
      { sign: 1, operand: operandOf(c, 'c') },
    ],
    start: 0,
    end: 0,
  });
}

function operandOf(text: string, name: string): FormulaOperandNode {
  const parsed = parseFormula(text);
  if (parsed === undefined) {
    throw new AnswerError('invalid-query', `"${name}" is empty. Spaces are written in double quotes.`);
  }
  if (parsed.kind === 'error') {
    throw new AnswerError(
      'invalid-query',
      `"${name}" (${shown(text)}) cannot be read: ${parsed.error.message}`,
    );
  }
  const { formula } = parsed;
  if (isCompound(formula)) {
    throw new AnswerError(
      'invalid-query',
      `"${name}" (${shown(text)}) is a formula. Give one word, #id, or a text in double quotes.`,
    );
  }
  return formula as FormulaOperandNode;
}
