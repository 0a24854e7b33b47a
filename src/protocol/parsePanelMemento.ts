import {
  MAX_CONTEXT_LENGTH,
  MAX_HISTORY,
  MAX_NEIGHBORS,
  type CompareMemento,
  type PanelMemento,
  type QueryMemento,
  type WordContext,
} from './panelMessages';
import { DEFAULT_LEFT_OUT } from './leftOutWords';
import { parseArrangement } from './panelArrangement';
import { parseMapArrangement } from './map/mapArrangement';
import { NO_FILTER } from './panelSnapshot';
import {
  parseComparedPair,
  parseComparedTexts,
  parseCompareMode,
  parseFilter,
  parseFormChoice,
  parseLeftOut,
  parseMetric,
  parsePanelViewName,
  parseQueryLine,
  parseVectorChoice,
} from './parseChoices';
import {
  isRecord,
  isShortString,
  isWholeNumber,
  parseFields,
  parseFlag,
  parseList,
  type UnknownRecord,
} from './parsing';

type LaterMemento = Required<Pick<PanelMemento, 'leftOut' | 'arrangement' | 'map'>>;
type ShownMemento = Omit<PanelMemento, 'version' | 'history' | 'position' | 'k' | keyof LaterMemento>;

/** What version 1 did not know. */
const BEFORE_VERSION_2: Omit<PanelMemento, 'history' | 'position' | 'k'> = {
  version: 2,
  view: 'neighbors',
  metric: 'cosine',
  filter: NO_FILTER,
  isFolded: false,
  isPinned: true,
  leftOut: DEFAULT_LEFT_OUT,
  compare: { mode: 'pair', texts: [], pairOf: [0, 1] },
};

/** Parses what a panel kept before a reload, of this version or an older one; undefined when it is not ours or not whole. */
export function parsePanelMemento(value: unknown): PanelMemento | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const visited = parseVisited(value);
  if (value.version === 1) {
    return visited && { ...BEFORE_VERSION_2, ...visited };
  }
  const shown =
    value.version === 2
      ? parseFields<ShownMemento, LaterMemento>(
          value,
          {
            view: parsePanelViewName,
            metric: parseMetric,
            filter: parseFilter,
            isFolded: parseFlag,
            isPinned: parseFlag,
            compare: parseCompareMemento,
          },
          // Came later than the version.
          { leftOut: parseLeftOut, arrangement: parseArrangement, map: parseMapArrangement },
        )
      : undefined;
  return visited && shown && { version: 2, leftOut: DEFAULT_LEFT_OUT, ...visited, ...shown };
}

function parseVisited(value: UnknownRecord): Pick<PanelMemento, 'history' | 'position' | 'k'> | undefined {
  const { position, k } = value;
  const history =
    Array.isArray(value.history) && value.history.length <= MAX_HISTORY
      ? parseList(value.history, parseQueryMemento)
      : undefined;
  return history && isWholeNumber(position, -1, history.length - 1) && isWholeNumber(k, 1, MAX_NEIGHBORS)
    ? { history, position, k }
    : undefined;
}

function parseCompareMemento(value: unknown): CompareMemento | undefined {
  return parseFields(value, {
    mode: parseCompareMode,
    texts: parseComparedTexts,
    pairOf: parseComparedPair,
  });
}

/** Parses one query of a memento. Without the context when that is off: the query still means something. */
export function parseQueryMemento(value: unknown): QueryMemento | undefined {
  const query = parseFields(value, {
    text: parseQueryLine,
    form: parseFormChoice,
    vector: parseVectorChoice,
  });
  const context = isRecord(value) ? parseWordContext(value.context) : undefined;
  return query && { ...query, ...(context && { context }) };
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
