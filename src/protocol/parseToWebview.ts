import { MAX_NEIGHBORS, type ToWebview } from './panelMessages';
import type {
  AnswerView,
  FormView,
  MapView,
  NeighborView,
  PanelSnapshot,
  QueryView,
  TokenView,
  VectorView,
} from './panelSnapshot';
import { parseEmbeddingsView, parseModelView } from './parseEmbeddingsView';
import { isFormKind, isVectorChoice, parsePanelMemento } from './parsePanelMemento';
import {
  isCount,
  isFiniteNumber,
  isRecord,
  isWholeNumber,
  parseList,
  parseOptional,
  type UnknownRecord,
} from './parsing';
import type { TokenLabel, TokenLabelSegment } from './tokenLabel';

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
    case 'focus': {
      const { target } = message;
      return target === 'list' || target === 'query' ? { type: 'focus', target } : undefined;
    }
    default:
      return undefined;
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

function parseSnapshot(value: unknown): PanelSnapshot | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { revision, canGoBack, canGoForward, k, queryError } = value;
  const embeddings = parseEmbeddingsView(value.embeddings);
  const query = parseOptional(value.query, parseQuery);
  const answer = parseOptional(value.answer, parseAnswer);
  if (
    !isCount(revision) ||
    typeof canGoBack !== 'boolean' ||
    typeof canGoForward !== 'boolean' ||
    !isWholeNumber(k, 1, MAX_NEIGHBORS) ||
    !(queryError === undefined || typeof queryError === 'string') ||
    !embeddings ||
    !query ||
    !answer
  ) {
    return undefined;
  }
  return {
    revision,
    embeddings,
    canGoBack,
    canGoForward,
    k,
    ...(query.value && { query: query.value }),
    ...(answer.value && { answer: answer.value }),
    ...(queryError !== undefined && { queryError }),
  };
}

function parseQuery(value: unknown): QueryView | undefined {
  if (!isRecord(value) || typeof value.text !== 'string') {
    return undefined;
  }
  const pieces = parseList(value.pieces, parseToken);
  const forms = parseList(value.forms, parseForm);
  const vectors = parseList(value.vectors, parseVector);
  return pieces && forms && vectors && { text: value.text, pieces, forms, vectors };
}

function parseForm(value: unknown): FormView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { kind, selected, line } = value;
  const pieces = parseList(value.pieces, parseToken);
  return pieces && isFormKind(kind) && typeof selected === 'boolean' && (line === undefined || isCount(line))
    ? { kind, selected, pieces, ...(line !== undefined && { line }) }
    : undefined;
}

function parseVector(value: unknown): VectorView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { choice, selected } = value;
  const pieces = parseList(value.pieces, parseToken);
  return pieces && isVectorChoice(choice) && typeof selected === 'boolean'
    ? { choice, selected, pieces }
    : undefined;
}

function parseToken(value: unknown): TokenView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { id, plain, spoken } = value;
  const label = parseLabel(value.label);
  return label && isCount(id) && typeof plain === 'string' && typeof spoken === 'string'
    ? { id, label, plain, spoken }
    : undefined;
}

function parseLabel(value: unknown): TokenLabel | undefined {
  const segments = isRecord(value) ? parseList(value.segments, parseSegment) : undefined;
  return segments && { segments };
}

function parseSegment(value: unknown): TokenLabelSegment | undefined {
  if (!isRecord(value) || typeof value.text !== 'string') {
    return undefined;
  }
  const { kind, text } = value;
  switch (kind) {
    case 'text':
    case 'space':
    case 'newline':
    case 'tab':
    case 'bytes':
      return { kind, text };
    default:
      return undefined;
  }
}

function parseAnswer(value: unknown): AnswerView | undefined {
  if (!isRecord(value) || value.metric !== 'cosine') {
    return undefined;
  }
  const { averageSimilarity, milliseconds } = value;
  const neighbors = parseList(value.neighbors, parseNeighbor);
  const model = parseModelView(value.model);
  const map = parseOptional(value.map, parseMap);
  return neighbors &&
    neighbors.length <= MAX_NEIGHBORS &&
    model &&
    map &&
    isFiniteNumber(averageSimilarity) &&
    isFiniteNumber(milliseconds)
    ? {
        metric: 'cosine',
        neighbors,
        averageSimilarity,
        milliseconds,
        model,
        ...(map.value && { map: map.value }),
      }
    : undefined;
}

function parseNeighbor(value: unknown): NeighborView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { rank, score, norm, isQuery } = value;
  const token = parseToken(value.token);
  return token &&
    isCount(rank) &&
    isFiniteNumber(score) &&
    isFiniteNumber(norm) &&
    typeof isQuery === 'boolean'
    ? { rank, token, score, norm, isQuery }
    : undefined;
}

function parseMap(value: unknown): MapView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const query = parsePair(value.query);
  const points = parseList(value.points, parsePair);
  const explained = parsePair(value.explained);
  const misplaced = parseList(value.misplaced, (item) => (typeof item === 'boolean' ? item : undefined));
  return query && points && explained && misplaced && { query, points, explained, misplaced };
}

function parsePair(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) {
    return undefined;
  }
  const [first, second] = value as readonly unknown[];
  return isFiniteNumber(first) && isFiniteNumber(second) ? [first, second] : undefined;
}
