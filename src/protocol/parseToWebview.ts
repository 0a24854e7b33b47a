import { HOST_FOCUS_TARGETS, MAX_NEIGHBORS, type CompletionView, type ToWebview } from './panelMessages';
import { NEIGHBOR_ACTIONS } from './neighborAction';
import { MAX_EXCLUDED_IDS, type PanelSnapshot } from './panelSnapshot';
import { parseAnswerView, parseVerification } from './parseAnswerView';
import { parseFilter, parseLeftOut, parseMetric, parsePanelViewName } from './parseChoices';
import { parseCompareView } from './parseCompareView';
import { parseEmbeddingsView } from './parseEmbeddingsView';
import { parseMapToWebview } from './map/parseMapToWebview';
import { parseMapView } from './map/parseMapView';
import { parsePanelMemento } from './parsePanelMemento';
import { parseQueryView } from './parseQueryView';
import { parseTokenPageView } from './parseTokenPageView';
import { parseToken } from './parseTokenView';
import { parseSuggestionsView } from './parseSuggestionsView';
import {
  isCount,
  isRecord,
  isWholeNumber,
  listOf,
  oneOf,
  parseCount,
  parseFields,
  parseFlag,
  parseList,
  parseText,
  type UnknownRecord,
} from './parsing';

/** Parses a message of the host; undefined when it is none of ours or not whole. Unknown members are left out. */
export function parseToWebview(message: unknown): ToWebview | undefined {
  if (!isRecord(message)) {
    return undefined;
  }
  switch (message.type) {
    case 'snapshot': {
      const snapshot = parseSnapshot(message.snapshot);
      const memento = parsePanelMemento(message.memento);
      return snapshot && memento && { type: 'snapshot', snapshot, memento };
    }
    case 'answer':
      return parseAnswerToRequest(message);
    case 'focus':
      return parseFields(message, { type: oneOf('focus'), target: oneOf(...HOST_FOCUS_TARGETS) });
    case 'act':
      return parseFields(message, { type: oneOf('act'), action: oneOf(...NEIGHBOR_ACTIONS), id: parseCount });
    case 'completions': {
      const { to } = message;
      const completions = parseList(message.completions, parseCompletion);
      return isCount(to) && completions ? { type: 'completions', to, completions } : undefined;
    }
    default:
      return parseMapToWebview(message);
  }
}

function parseAnswerToRequest(message: UnknownRecord): ToWebview | undefined {
  const { to, ok } = message;
  if (!isCount(to)) {
    return undefined;
  }
  if (ok === true) {
    return { type: 'answer', to, ok };
  }
  return ok === false && typeof message.message === 'string'
    ? { type: 'answer', to, ok, message: message.message }
    : undefined;
}

function parseCompletion(value: unknown): CompletionView | undefined {
  return parseFields(value, { token: parseToken, start: parseCount, end: parseCount, insert: parseText });
}

function parseSnapshot(value: unknown): PanelSnapshot | undefined {
  return parseFields(
    value,
    {
      revision: parseCount,
      embeddings: parseEmbeddingsView,
      suggestions: parseSuggestionsView,
      canGoBack: parseFlag,
      canGoForward: parseFlag,
      k: (k) => (isWholeNumber(k, 1, MAX_NEIGHBORS) ? k : undefined),
      view: parsePanelViewName,
      metric: parseMetric,
      filter: parseFilter,
      isFolded: parseFlag,
      isPinned: parseFlag,
      leftOut: parseLeftOut,
    },
    {
      excludedTokens: listOf(parseToken, MAX_EXCLUDED_IDS),
      query: parseQueryView,
      answer: parseAnswerView,
      queryError: parseText,
      compare: parseCompareView,
      tokenPage: parseTokenPageView,
      verification: parseVerification,
      map: parseMapView,
    },
  );
}
