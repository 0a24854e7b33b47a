import {
  MAX_HISTORY,
  MAX_NEIGHBORS,
  MAX_QUERY_LENGTH,
  type PanelMemento,
  type QueryMemento,
} from './panelMessages';
import type { FormKind } from './panelSnapshot';
import { isRecord, isShortString, isWholeNumber } from './parsing';

/** Most tokens of a word in its document; a word is at most 1,000 characters, a character at most 4 bytes. */
const MAX_CONTEXT_IDS = 4_000;

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

/** Parses the tokens of a word as they stood in its document. */
export function parseWordContext(value: unknown): QueryMemento['context'] {
  if (!isRecord(value) || !Array.isArray(value.ids) || !isWholeNumber(value.line, 1, 2 ** 31)) {
    return undefined;
  }
  const ids: unknown[] = value.ids;
  if (ids.length === 0 || ids.length > MAX_CONTEXT_IDS || !ids.every(isTokenId)) {
    return undefined;
  }
  return { ids, line: value.line };
}

export function isFormKind(value: unknown): value is FormKind {
  return value === 'bare' || value === 'leadingSpace' || value === 'inDocument';
}

export function isVectorChoice(value: unknown): value is 'mean' | number {
  return value === 'mean' || isWholeNumber(value, 0, MAX_CONTEXT_IDS);
}

function isTokenId(value: unknown): value is number {
  return isWholeNumber(value, 0, 2 ** 31);
}
