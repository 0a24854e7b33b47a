import {
  FORM_REASONS,
  type FormulaView,
  type FormView,
  type OperandView,
  type QueryView,
  type SyntaxErrorView,
  type VectorView,
} from './queryView';
import { parseFormChoice, parseVectorChoice } from './parseChoices';
import { parseTokens } from './parseTokenView';
import { listOf, parseCount, parseFields, parseFlag, parseNumber, parseText, oneOf } from './parsing';

/** Parses a query; undefined when it is none or not whole. */
export function parseQueryView(value: unknown): QueryView | undefined {
  return parseFields(
    value,
    { text: parseText, pieces: parseTokens, forms: listOf(parseForm), vectors: listOf(parseVector) },
    { formula: parseFormula, syntaxError: parseSyntaxError },
  );
}

/** Parses where and why a text cannot be read. */
export function parseSyntaxError(value: unknown): SyntaxErrorView | undefined {
  return parseFields(value, { message: parseText, start: parseCount, end: parseCount });
}

function parseForm(value: unknown): FormView | undefined {
  return parseFields(
    value,
    { kind: parseFormChoice, selected: parseFlag, pieces: parseTokens },
    { line: parseCount, reason: oneOf(...FORM_REASONS) },
  );
}

function parseVector(value: unknown): VectorView | undefined {
  return parseFields(value, { choice: parseVectorChoice, selected: parseFlag, pieces: parseTokens });
}

function parseFormula(value: unknown): FormulaView | undefined {
  return parseFields(value, { operands: listOf(parseOperand) });
}

function parseOperand(value: unknown): OperandView | undefined {
  return parseFields(value, {
    start: parseCount,
    end: parseCount,
    weight: parseNumber,
    pieces: parseTokens,
  });
}
