import { MAX_NEIGHBORS, MAX_QUERY_LENGTH, type FromWebview, type PanelRequest } from './panelMessages';
import { isFormKind, isVectorChoice } from './parsePanelMemento';
import { isRecord, isShortString, isWholeNumber, type UnknownRecord } from './parsing';

/** Longest text that may be put on the clipboard: the longest list, with room. */
export const MAX_COPY_LENGTH = 1_000_000;

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
    case 'back':
    case 'forward':
    case 'cancelLoading':
    case 'retryLoading':
    case 'chooseModel':
    case 'chooseFile':
    case 'useSample':
    case 'download':
    case 'downloadWhole':
    case 'showLog':
      return { type };
    case 'search':
      return isShortString(message.text, MAX_QUERY_LENGTH) ? { type, text: message.text } : undefined;
    case 'copy':
      return isShortString(message.text, MAX_COPY_LENGTH) ? { type, text: message.text } : undefined;
    case 'chooseForm':
      return isFormKind(message.form) ? { type, form: message.form } : undefined;
    case 'chooseVector':
      return isVectorChoice(message.vector) ? { type, vector: message.vector } : undefined;
    case 'walk':
      return isWholeNumber(message.id, 0, 2 ** 31) ? { type, id: message.id } : undefined;
    case 'chooseCount':
      return isWholeNumber(message.k, 1, MAX_NEIGHBORS) ? { type, k: message.k } : undefined;
    default:
      return undefined;
  }
}
