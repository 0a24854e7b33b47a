import { parseTokenId } from '../parseChoices';
import {
  isCount,
  isRecord,
  listOf,
  oneOf,
  parseCount,
  parseFields,
  parseNumber,
  parseText,
  type UnknownRecord,
} from '../parsing';
import {
  MAX_MAP_LIST,
  type MapAnswer,
  type MapNeighbor,
  type MapRegion,
  type MapToWebview,
} from './mapMessages';

/** More levels or regions than that are no names any more. */
const MAX_LEVELS = 8;
const MAX_REGIONS = 20_000;
const MAX_NEIGHBORS = 64;
const NAME_TOKENS = 3;
const MAX_KINDS = 16;

/** Parses what the map is drawn from; undefined when it is none of that, or its parts do not belong together. */
export function parseMapToWebview(message: UnknownRecord): MapToWebview | undefined {
  switch (message.type) {
    case 'mapTokens': {
      const tokens = parseFields(message, {
        type: oneOf('mapTokens'),
        model: parseText,
        texts: parseText,
        kinds: bufferOf(1),
      });
      return tokens && countOfLines(tokens.texts) === Math.max(1, tokens.kinds.byteLength)
        ? tokens
        : undefined;
    }
    case 'mapPositions':
      return parseFields(message, {
        type: oneOf('mapPositions'),
        model: parseText,
        stage: oneOf('linear', 'unfolding', 'ready'),
        positions: bufferOf(8),
      });
    case 'mapLayout':
      return parseFields(message, {
        type: oneOf('mapLayout'),
        model: parseText,
        layout: parseText,
        near: bufferOf(1),
        regions: listOf(listOf(parseRegion, MAX_REGIONS), MAX_LEVELS),
      });
    case 'mapAnswer': {
      const { to } = message;
      const answer = parseMapAnswer(message.answer);
      return isCount(to) && answer ? { type: 'mapAnswer', to, answer } : undefined;
    }
    case 'mapDocument': {
      const document = parseFields(message, {
        type: oneOf('mapDocument'),
        name: parseText,
        ids: bufferOf(4),
        counts: bufferOf(4),
      });
      return document?.ids.byteLength === document?.counts.byteLength ? document : undefined;
    }
    case 'showOnMap':
      return parseFields(message, { type: oneOf('showOnMap'), ids: listOf(parseTokenId, MAX_MAP_LIST) });
    default:
      return undefined;
  }
}

function parseRegion(value: unknown): MapRegion | undefined {
  return parseFields<Omit<MapRegion, 'kind'>, Required<Pick<MapRegion, 'kind'>>>(
    value,
    {
      x: parseNumber,
      y: parseNumber,
      size: parseCount,
      tokens: listOf(parseTokenId, NAME_TOKENS),
    },
    { kind: (kind) => (isCount(kind) && kind < MAX_KINDS ? kind : undefined) },
  );
}

type MapNeighbors = Extract<MapAnswer, { kind: 'neighbors' }>;

function parseMapAnswer(value: unknown): MapAnswer | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  switch (value.kind) {
    case 'neighbors':
      return parseFields<Omit<MapNeighbors, 'average'>, Required<Pick<MapNeighbors, 'average'>>>(
        value,
        { kind: oneOf('neighbors'), neighbors: listOf(parseNeighbor, MAX_NEIGHBORS) },
        { average: parseNumber },
      );
    case 'path':
      return parseFields(value, { kind: oneOf('path'), ids: listOf(parseTokenId, MAX_MAP_LIST) });
    case 'values':
      return parseFields(value, { kind: oneOf('values'), values: bufferOf(4) });
    case 'allowed':
      return parseFields(value, { kind: oneOf('allowed'), bits: bufferOf(1) });
    default:
      return undefined;
  }
}

function parseNeighbor(value: unknown): MapNeighbor | undefined {
  return parseFields(value, { id: parseTokenId, score: parseNumber });
}

/** Gives a parser of memory that holds items of so many bytes. */
function bufferOf(itemBytes: number): (value: unknown) => ArrayBuffer | undefined {
  return (value) => (value instanceof ArrayBuffer && value.byteLength % itemBytes === 0 ? value : undefined);
}

function countOfLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines++;
  }
  return lines;
}
