import type * as vscode from 'vscode';
import type { WordForm } from '../../core/query/formula/wordForm';
import { METRICS } from '../../protocol/metric';
import { MAX_NEIGHBORS, MAX_QUERY_LENGTH } from '../../protocol/panelMessages';
import { isWholeNumber } from '../../protocol/parsing';
import {
  checkedBoolean,
  checkedChoice,
  checkedFields,
  checkedInteger,
  checkedList,
  checkedText,
} from '../answers/checkedValues';
import { SPACE_FILTERS, WORD_FORMS, type NeighborsQuestion } from '../answers/tokenAnswers';

/** What other extensions give. All parsers throw {TypeError} or {RangeError}. */

/** Longest text, in UTF-16 units, and most ids: tenths of a second of the extension host, which all extensions share. */
export const MAX_API_TEXT = 1_000_000;

const DEFAULT_NEIGHBORS = 20;

const QUERY_OPTIONS = ['form', 'cancellation'];

export interface QueryOptions {
  readonly form: WordForm;
  readonly cancellation: vscode.CancellationToken | undefined;
}

export interface NeighborOptions extends QueryOptions, Omit<NeighborsQuestion, 'query'> {}

export function checkedApiText(text: unknown): string {
  return checkedText(text, 'text', { minimum: 0, maximum: MAX_API_TEXT });
}

export function checkedApiQuery(query: unknown, name: string): string {
  return checkedText(query, name, { minimum: 1, maximum: MAX_QUERY_LENGTH });
}

/** @param vocabularySize Of the tokenizer. */
export function checkedIds(ids: unknown, vocabularySize: number): number[] {
  const limits = { minimum: 0, maximum: vocabularySize - 1 };
  return checkedList(ids, 'ids', { minimum: 0, maximum: MAX_API_TEXT }, (id, index) =>
    // A million names would take longer than the ids.
    isWholeNumber(id, limits.minimum, limits.maximum) ? id : checkedInteger(id, `ids[${index}]`, limits),
  );
}

export function checkedQueryOptions(options: unknown): QueryOptions {
  return queryOptions(options === undefined ? {} : checkedFields(options, 'options', QUERY_OPTIONS));
}

export function checkedNeighborOptions(options: unknown): NeighborOptions {
  const known = [...QUERY_OPTIONS, 'k', 'metric', 'space', 'wordLike'];
  const fields = options === undefined ? {} : checkedFields(options, 'options', known);
  const { k = DEFAULT_NEIGHBORS, metric = 'cosine', space = 'any', wordLike = false } = fields;
  return {
    ...queryOptions(fields),
    k: checkedInteger(k, 'options.k', { minimum: 1, maximum: MAX_NEIGHBORS }),
    metric: checkedChoice(metric, 'options.metric', METRICS),
    space: checkedChoice(space, 'options.space', SPACE_FILTERS),
    wordLike: checkedBoolean(wordLike, 'options.wordLike'),
  };
}

function queryOptions(fields: Readonly<Record<string, unknown>>): QueryOptions {
  const { form = 'bare', cancellation } = fields;
  return {
    form: checkedChoice(form, 'options.form', WORD_FORMS),
    cancellation: checkedCancellation(cancellation),
  };
}

function checkedCancellation(value: unknown): vscode.CancellationToken | undefined {
  if (value === undefined) {
    return undefined;
  }
  const isToken =
    typeof value === 'object' &&
    value !== null &&
    'isCancellationRequested' in value &&
    typeof value.isCancellationRequested === 'boolean' &&
    'onCancellationRequested' in value &&
    typeof value.onCancellationRequested === 'function';
  if (!isToken) {
    throw new TypeError('options.cancellation must be a vscode.CancellationToken.');
  }
  return value as vscode.CancellationToken;
}
