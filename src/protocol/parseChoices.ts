import { MAX_QUERY_LENGTH } from './panelMessages';
import { MAX_COMPARED } from './compareView';
import type { LeftOutWords } from './leftOutWords';
import { METRICS } from './metric';
import { MAX_EXCLUDED_IDS, type FilterView } from './panelSnapshot';
import type { FormChoice } from './queryView';
import {
  isShortString,
  isWholeNumber,
  listOf,
  oneOf,
  pairOf,
  parseFields,
  parseFlag,
  parseList,
  parseNumber,
  type Parse,
} from './parsing';

/** What a user can choose in the panel: both sides send it, and mementos and saved files keep it. */

/** Longest text that tokens are filtered by. */
export const MAX_FILTER_TEXT = 100;

/** Most pieces of a query, of which one may be chosen: no character is more than four. */
const MAX_PIECES = 4 * MAX_QUERY_LENGTH;

export const parseMetric = oneOf(...METRICS);

export const parseMetricPair = pairOf(parseMetric);

export const parsePanelViewName = oneOf('neighbors', 'compare', 'token', 'map');

export const parseCompareMode = oneOf('pair', 'matrix');

export const parseFormChoice: Parse<FormChoice> = oneOf('automatic', 'bare', 'leadingSpace', 'inDocument');

export function parseVectorChoice(value: unknown): 'mean' | number | undefined {
  return value === 'mean' || isWholeNumber(value, 0, MAX_PIECES) ? value : undefined;
}

export function parseQueryLine(value: unknown): string | undefined {
  return isShortString(value, MAX_QUERY_LENGTH) ? value : undefined;
}

/** Query lines that are compared: {@link MAX_COMPARED} at most. */
export function parseComparedTexts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.length <= MAX_COMPARED ? parseList(value, parseQueryLine) : undefined;
}

/** Which two of the texts make up the pair. Whether there are so many is not known here. */
export const parseComparedPair = pairOf((value) =>
  isWholeNumber(value, 0, MAX_COMPARED - 1) ? value : undefined,
);

/** Parses of which queries the words are left out. */
export function parseLeftOut(value: unknown): LeftOutWords | undefined {
  return parseFields(value, { formulas: parseFlag, texts: parseFlag });
}

/** Rows of a matrix are numbered by 32 bits. */
export function parseTokenId(value: unknown): number | undefined {
  return isWholeNumber(value, 0, 2 ** 31) ? value : undefined;
}

export function parseFilter(value: unknown): FilterView | undefined {
  return parseFields(
    value,
    {
      space: oneOf('any', 'with', 'without'),
      wordLike: parseFlag,
      hideByteFragments: parseFlag,
      text: (text) => (isShortString(text, MAX_FILTER_TEXT) ? text : undefined),
    },
    { minimumScore: parseNumber, excludedIds: listOf(parseTokenId, MAX_EXCLUDED_IDS) },
  );
}
