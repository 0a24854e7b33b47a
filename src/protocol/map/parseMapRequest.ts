import { MAX_COMPARED } from '../compareView';
import { parseTokenId } from '../parseChoices';
import { listOf, oneOf, parseFields, type UnknownRecord } from '../parsing';
import { parseMapArrangement } from './mapArrangement';
import { MAP_VALUES, MAX_MAP_LIST, MAX_MEAN_IDS, type MapRequest } from './mapMessages';

/** Parses what the page asks of the map; undefined for anything else. */
export function parseMapRequest(message: UnknownRecord): MapRequest | undefined {
  switch (message.type) {
    case 'mapAllowed':
    case 'makeMap':
    case 'stopMap':
    case 'exportMap':
      return { type: message.type };
    case 'mapNeighbors':
      return parseFields(message, { type: oneOf('mapNeighbors'), id: parseTokenId });
    case 'showTokenOnMap':
      return parseFields(message, { type: oneOf('showTokenOnMap'), id: parseTokenId });
    case 'mapPath':
      return parseFields(message, { type: oneOf('mapPath'), from: parseTokenId, to: parseTokenId });
    case 'mapValues':
      return parseFields(message, { type: oneOf('mapValues'), values: oneOf(...MAP_VALUES) });
    case 'arrangeMap':
      return parseFields(message, { type: oneOf('arrangeMap'), arrangement: parseMapArrangement });
    case 'askMean':
      return parseFields(message, { type: oneOf('askMean'), ids: listOf(parseTokenId, MAX_MEAN_IDS) });
    case 'compareTokens':
      return parseFields(message, { type: oneOf('compareTokens'), ids: listOf(parseTokenId, MAX_COMPARED) });
    case 'exportMapList':
      return parseFields(message, {
        type: oneOf('exportMapList'),
        to: oneOf('file', 'clipboard'),
        ids: listOf(parseTokenId, MAX_MAP_LIST),
      });
    default:
      return undefined;
  }
}
