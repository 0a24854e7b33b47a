import type { WordForm } from '../../core/query/formula/wordForm';
import { METRICS } from '../../protocol/metric';
import type { Analogy } from '../answers/analogyLine';
import {
  checkedBoolean,
  checkedChoice,
  checkedFields,
  checkedInteger,
  checkedList,
  checkedText,
} from '../answers/checkedValues';
import { SPACE_FILTERS, WORD_FORMS, type NeighborsQuestion } from '../answers/tokenAnswers';

/**
 * What language models give to the tools. The manifest's schemas say the same, but VS Code does not hold every call against them.
 * All parsers throw {TypeError} or {RangeError} with a sentence that says what to change.
 */

/** Longest text to tokenize, in UTF-16 units: tenths of a second at most, and far more than an answer can list. */
export const MAX_TOOL_TEXT = 100_000;

/** Longest query line, in UTF-16 units: a word, or a formula of some words. */
export const MAX_TOOL_QUERY = 1_000;

/** Most neighbors of one answer: more would fill a model's context with numbers. */
export const MAX_TOOL_NEIGHBORS = 100;

export const DEFAULT_TOOL_NEIGHBORS = 10;

/** Most queries that are compared: ten have 45 pairs. */
export const MAX_TOOL_COMPARED = 10;

export interface TokenizeInput {
  readonly text: string;
}

export interface CompareInput {
  /** Query lines, two at least. */
  readonly queries: readonly string[];
  readonly form: WordForm;
}

export interface AnalogyInput extends Analogy {
  readonly form: WordForm;
  readonly k: number;
}

export function parseTokenizeInput(input: unknown): TokenizeInput {
  const { text } = checkedFields(input, 'The input', ['text']);
  return { text: checkedText(text, '"text"', { minimum: 0, maximum: MAX_TOOL_TEXT }) };
}

export function parseNeighborsInput(input: unknown): NeighborsQuestion {
  const fields = checkedFields(input, 'The input', ['query', 'form', 'metric', 'k', 'space', 'wordLike']);
  const { query, metric = 'cosine', space = 'any', wordLike = false } = fields;
  return {
    query: parseQuery(query, '"query"'),
    form: parseForm(fields.form),
    metric: checkedChoice(metric, '"metric"', METRICS),
    k: parseCount(fields.k),
    space: checkedChoice(space, '"space"', SPACE_FILTERS),
    wordLike: checkedBoolean(wordLike, '"wordLike"'),
  };
}

/** Either `a` and `b`, or `tokens`. */
export function parseCompareInput(input: unknown): CompareInput {
  const { a, b, tokens, form } = checkedFields(input, 'The input', ['a', 'b', 'tokens', 'form']);
  if (tokens !== undefined && (a !== undefined || b !== undefined)) {
    throw new TypeError('Give either "a" and "b", or "tokens", not both.');
  }
  if (tokens === undefined && (a === undefined || b === undefined)) {
    throw new TypeError(`Give "a" and "b", or an array "tokens" of 2 to ${MAX_TOOL_COMPARED} strings.`);
  }
  return {
    queries:
      tokens === undefined
        ? [parseQuery(a, '"a"'), parseQuery(b, '"b"')]
        : checkedList(tokens, '"tokens"', { minimum: 2, maximum: MAX_TOOL_COMPARED }, (query, index) =>
            parseQuery(query, `"tokens"[${index}]`),
          ),
    form: parseForm(form),
  };
}

export function parseAnalogyInput(input: unknown): AnalogyInput {
  const { a, b, c, form, k } = checkedFields(input, 'The input', ['a', 'b', 'c', 'form', 'k']);
  return {
    a: parseQuery(a, '"a"'),
    b: parseQuery(b, '"b"'),
    c: parseQuery(c, '"c"'),
    form: parseForm(form),
    k: parseCount(k),
  };
}

function parseQuery(value: unknown, name: string): string {
  return checkedText(value, name, { minimum: 1, maximum: MAX_TOOL_QUERY });
}

function parseForm(value: unknown = 'bare'): WordForm {
  return checkedChoice(value, '"form"', WORD_FORMS);
}

function parseCount(value: unknown = DEFAULT_TOOL_NEIGHBORS): number {
  return checkedInteger(value, '"k"', { minimum: 1, maximum: MAX_TOOL_NEIGHBORS });
}
