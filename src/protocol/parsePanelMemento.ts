import {
  MAX_CONTEXT_LENGTH,
  MAX_HISTORY,
  MAX_NEIGHBORS,
  MAX_QUERY_LENGTH,
  type PanelMemento,
  type QueryMemento,
  type WordContext,
} from './panelMessages';
import type { FormKind } from './panelSnapshot';
import { isRecord, isShortString, isWholeNumber } from './parsing';

/** Most pieces of a query, of which one may be chosen: no character is more than four. */
const MAX_PIECES = 4 * MAX_QUERY_LENGTH;

/** Parses what a panel kept before a reload; undefined when it is not ours or not whole. */
export function parsePanelMemento(value: unknown): PanelMemento | undefined {
  if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.history)) {
    return undefined;
  }
  const history = value.history.map(parseQueryMemento).filter((query) => query !== undefined);
  const { position, k } = value;
  if (
    history.length !== value.history.length ||
    history.length > MAX_HISTORY ||
    !isWholeNumber(position, -1, history.length - 1) ||
    !isWholeNumber(k, 1, MAX_NEIGHBORS)
  ) {
    return undefined;
  }
  return { version: 1, history, position, k };
}

/** Parses one query of a memento. */
export function parseQueryMemento(value: unknown): QueryMemento | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { text, form, vector } = value;
  if (!isShortString(text, MAX_QUERY_LENGTH) || !isFormKind(form) || !isVectorChoice(vector)) {
    return undefined;
  }
  const context = parseWordContext(value.context);
  return { text, form, vector, ...(context && { context }) };
}

/** Parses a word in its line. */
export function parseWordContext(value: unknown): WordContext | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { text, start, end, line } = value;
  return isShortString(text, MAX_CONTEXT_LENGTH) &&
    isWholeNumber(end, 1, text.length) &&
    isWholeNumber(start, 0, end - 1) &&
    isWholeNumber(line, 1, 2 ** 31)
    ? { text, start, end, line }
    : undefined;
}

export function isFormKind(value: unknown): value is FormKind {
  return value === 'bare' || value === 'leadingSpace' || value === 'inDocument';
}

export function isVectorChoice(value: unknown): value is 'mean' | number {
  return value === 'mean' || isWholeNumber(value, 0, MAX_PIECES);
}
