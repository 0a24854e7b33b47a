import { MAX_COMPARED } from './compareView';
import { MODEL_SETTINGS } from './embeddingsView';
import { parseMapRequest } from './map/parseMapRequest';
import { parseArrangement } from './panelArrangement';
import { EXPORTED_PLOTS, MAX_NEIGHBORS, type FromWebview, type PanelRequest } from './panelMessages';
import {
  parseComparedPair,
  parseComparedTexts,
  parseCompareMode,
  parseFilter,
  parseFormChoice,
  parseLeftOut,
  parseMetric,
  parseMetricPair,
  parsePanelViewName,
  parseQueryLine,
  parseVectorChoice,
} from './parseChoices';
import {
  isRecord,
  isShortString,
  isWholeNumber,
  listOf,
  oneOf,
  parseFields,
  parseFlag,
  type UnknownRecord,
} from './parsing';

/** Longest text that may be put on the clipboard: the longest list, with room. */
export const MAX_COPY_LENGTH = 1_000_000;

/** Largest picture: a plot of a wide panel at a fourfold scale is a tenth of it. */
export const MAX_PNG_BYTES = 20_000_000;

/** Base64 writes three bytes as four characters. */
export const MAX_PNG_LENGTH = 4 * Math.ceil(MAX_PNG_BYTES / 3);

/** Longest drawing as text: a matrix of 40 × 40 or a scatter of 8,192 points is a tenth of it. */
export const MAX_SVG_LENGTH = 10_000_000;

const NO_BASE64_DIGIT = /[^A-Za-z0-9+/]/;

/**
 * Parses a message of the webview.
 *
 * @returns the message; or, where only its number can be read, that number, so that the request can still be rejected;
 *   undefined for anything else.
 */
export function parseFromWebview(message: unknown): FromWebview | { readonly rejected: number } | undefined {
  if (!isRecord(message) || !isWholeNumber(message.request, 0, Number.MAX_SAFE_INTEGER)) {
    return undefined;
  }
  const request = parseRequest(message);
  return request ? { request: message.request, ...request } : { rejected: message.request };
}

function parseRequest(message: UnknownRecord): PanelRequest | undefined {
  const { type } = message;
  switch (type) {
    case 'ready':
    case 'cancelSearch':
    case 'back':
    case 'forward':
    case 'verify':
    case 'closeVerification':
    case 'exportEmbeddings':
    case 'cancelLoading':
    case 'retryLoading':
    case 'chooseModel':
    case 'chooseFile':
    case 'useSample':
    case 'download':
    case 'downloadWhole':
    case 'showLog':
    case 'openProxySettings':
      return { type };
    case 'copy':
      return isShortString(message.text, MAX_COPY_LENGTH) ? { type, text: message.text } : undefined;
    case 'complete':
      return parseComplete(message);
    case 'exportPlot':
      return parseExportPlot(message);
    default:
      return parseChoice(message) ?? parseTokenRequest(message) ?? parseMapRequest(message);
  }
}

/** What changes how the query is meant or shown. */
function parseChoice(message: UnknownRecord): PanelRequest | undefined {
  const fields = <Fields extends object>(needed: {
    readonly [Name in keyof Fields]: (value: unknown) => Fields[Name] | undefined;
  }): Fields | undefined => parseFields(message, needed);
  switch (message.type) {
    case 'search':
      return fields({ type: oneOf('search'), text: parseQueryLine });
    case 'chooseForm':
      return fields({ type: oneOf('chooseForm'), form: parseFormChoice });
    case 'chooseVector':
      return fields({ type: oneOf('chooseVector'), vector: parseVectorChoice });
    case 'chooseCount':
      return fields({ type: oneOf('chooseCount'), k: parseNeighborCount });
    case 'chooseView':
      return fields({ type: oneOf('chooseView'), view: parsePanelViewName });
    case 'chooseMetric':
      return fields({ type: oneOf('chooseMetric'), metric: parseMetric });
    case 'filter':
      return fields({ type: oneOf('filter'), filter: parseFilter });
    case 'fold':
      return fields({ type: oneOf('fold'), isFolded: parseFlag });
    case 'pin':
      return fields({ type: oneOf('pin'), isPinned: parseFlag });
    case 'leaveOut':
      return fields({ type: oneOf('leaveOut'), leftOut: parseLeftOut });
    case 'arrange':
      return fields({ type: oneOf('arrange'), arrangement: parseArrangement });
    case 'chooseTokenMetrics':
      return fields({ type: oneOf('chooseTokenMetrics'), metrics: parseMetricPair });
    case 'compare':
      return fields({ type: oneOf('compare'), texts: parseComparedTexts, mode: parseCompareMode });
    case 'comparePair':
      return fields({ type: oneOf('comparePair'), pairOf: parseComparedPair });
    case 'openSetting':
      return fields({ type: oneOf('openSetting'), setting: oneOf(...MODEL_SETTINGS) });
    case 'exportList':
      return fields({
        type: oneOf('exportList'),
        format: oneOf('csv', 'json', 'markdown'),
        to: parseExportTarget,
      });
    case 'exportPair':
      return fields({ type: oneOf('exportPair'), to: parseExportTarget });
    case 'exportMatrix':
      return fields({ type: oneOf('exportMatrix'), to: parseExportTarget, order: parseMatrixOrder });
    default:
      return undefined;
  }
}

/** What is about one token. */
function parseTokenRequest({ type, id }: UnknownRecord): PanelRequest | undefined {
  switch (type) {
    case 'walk':
    case 'openInspector':
    case 'placeUnderMetrics':
    case 'openToken':
      return isWholeNumber(id, 0, 2 ** 31) ? { type, id } : undefined;
    default:
      return undefined;
  }
}

function parseComplete({ text: line, cursor }: UnknownRecord): PanelRequest | undefined {
  const text = parseQueryLine(line);
  return text !== undefined && isWholeNumber(cursor, 0, text.length)
    ? { type: 'complete', text, cursor }
    : undefined;
}

function parseExportPlot({ plot: drawn, format, content }: UnknownRecord): PanelRequest | undefined {
  const plot = oneOf(...EXPORTED_PLOTS)(drawn);
  if (plot === undefined) {
    return undefined;
  }
  if (format === 'svg') {
    return isShortString(content, MAX_SVG_LENGTH) && content.startsWith('<')
      ? { type: 'exportPlot', plot, format, content }
      : undefined;
  }
  return format === 'png' && isShortString(content, MAX_PNG_LENGTH) && isBase64(content)
    ? { type: 'exportPlot', plot, format, content }
    : undefined;
}

/**
 * Looks for what does not belong there. An expression that takes in all that does would remember each of twenty million places that it
 * could go back to, for which there is not always room.
 */
function isBase64(text: string): boolean {
  const padding = text.indexOf('=');
  const end = padding < 0 ? text.length : padding;
  return (
    end > 0 &&
    text.length % 4 === 0 &&
    ['', '=', '=='].includes(text.slice(end)) &&
    !NO_BASE64_DIGIT.test(text.slice(0, end))
  );
}

const parseExportTarget = oneOf('file', 'clipboard');

/** Numbers of texts. Whether they are those of the matrix is not known here. */
const parseMatrixOrder = listOf(
  (value) => (isWholeNumber(value, 0, MAX_COMPARED - 1) ? value : undefined),
  MAX_COMPARED,
);

function parseNeighborCount(value: unknown): number | undefined {
  return isWholeNumber(value, 1, MAX_NEIGHBORS) ? value : undefined;
}
