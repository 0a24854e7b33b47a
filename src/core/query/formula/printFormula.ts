import type { Formula } from './formula';
import { lexFormula, numberOfWord } from './formulaLexer';
import { parseFormula } from './parseFormula';
import { quoteString } from './stringLiteral';

/** What a sign may stand beside without becoming a part of a word. */
const TAKES_GLUED_SIGN = /^[\p{L}\p{N}"#(]/u;

/** Words that are read as operators unless a bracket or a comma follows. */
const OPERATOR = /^[-+−*]$/;

/**
 * A formula as its canonical line: `2 * (king - man) + " woman"`. Parsing the line gives the same tree, but for the ranges, for
 * every tree that came from {@link parseFormula}.
 */
export function printFormula(formula: Formula): string {
  return formula.kind === 'word' ? formula.text : printPart(formula);
}

function printPart(formula: Formula): string {
  switch (formula.kind) {
    case 'word':
      return OPERATOR.test(formula.text) ? `(${formula.text})` : formula.text;
    case 'string':
      return quoteString(formula.text);
    case 'id':
      return `#${formula.id}`;
    case 'mean':
      return `mean(${formula.arguments.map(printPart).join(', ')})`;
    case 'negative':
      return printNegative(printTight(formula.operand));
    case 'scaled':
      return `${formula.factor} * ${printFactor(formula.operand)}`;
    case 'sum': {
      const rest = formula.rest.map(
        ({ sign, operand }) => ` ${sign === 1 ? '+' : '-'} ${printTerm(operand)}`,
      );
      return printTerm(formula.first) + rest.join('');
    }
  }
}

function printTerm(formula: Formula): string {
  return formula.kind === 'sum' ? `(${printPart(formula)})` : printPart(formula);
}

/** What binds closer than `*`. */
function printTight(formula: Formula): string {
  return formula.kind === 'sum' || formula.kind === 'scaled' ? `(${printPart(formula)})` : printPart(formula);
}

/** What stands beside a weight: a word that could be read as a number gets brackets. */
function printFactor(formula: Formula): string {
  if (formula.kind === 'negative') {
    return printNegative(printFactor(formula.operand));
  }
  return formula.kind === 'word' && numberOfWord(formula.text) !== undefined
    ? `(${formula.text})`
    : printTight(formula);
}

function printNegative(operand: string): string {
  return (TAKES_GLUED_SIGN.test(operand) ? '-' : '- ') + operand;
}

/** Whether a text stands for itself without quotes wherever a formula can hold a word. */
export function isWordAnywhere(text: string): boolean {
  const [open, word, close] = lexFormula(`(${text})`);
  return (
    open.kind === 'open' &&
    word.kind === 'word' &&
    word.text === text &&
    close.kind === 'close' &&
    !OPERATOR.test(text) &&
    isBareWord(text)
  );
}

/** Whether a line of only this text is a word with this text, so that it needs no quotes. */
export function isBareWord(text: string): boolean {
  const parsed = parseFormula(text);
  return parsed?.kind === 'formula' && parsed.formula.kind === 'word' && parsed.formula.text === text;
}

/** The query line that means a text exactly: the text itself if it is a word, else in quotes. */
export function queryLineOf(text: string): string {
  return isBareWord(text) ? text : quoteString(text);
}
