import type { ByteRange, HubResponse } from './hubConnection';
import { HubError } from './hubError';

/** What all answers about one file have in common. */
export interface FileState {
  readonly commit: string;
  /** Without quotes; empty where the server gives none. */
  readonly etag: string;
  readonly fileBytes: number;
}

/** `bytes first-last/total` (RFC 9110, section 14.4), each at most 2^53 − 1. */
const CONTENT_RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/;

/**
 * Checks an answer to a request for a range before its body is read; a body that is not wanted is destroyed.
 *
 * @param range What was asked for. Its last byte may lie behind the file's end where the file is not known yet.
 * @param known What earlier answers said about the file.
 * @returns Bytes that the body must have, and the size of the whole file.
 * @throws {HubError} `range-ignored`, `changed`, or a transient `bad-response`.
 */
export function checkRangeResponse(
  response: HubResponse,
  range: ByteRange,
  known?: FileState,
): { readonly bytes: number; readonly fileBytes: number } {
  try {
    return check(response, range, known);
  } catch (error) {
    response.body.destroy();
    throw error;
  }
}

function check(
  response: HubResponse,
  range: ByteRange,
  known: FileState | undefined,
): { readonly bytes: number; readonly fileBytes: number } {
  const { status, host, headers, contentLength } = response;
  if (status === 200) {
    throw new HubError('range-ignored', `${host} cannot send a part of a file: it would send all of it.`, {
      wholeFileBytes: contentLength ?? known?.fileBytes,
    });
  }
  const match = CONTENT_RANGE.exec(headers['content-range'] ?? '');
  if (match === null) {
    throw badResponse(`${host} does not say which bytes it sends`);
  }
  const [first = -1, last = -1, fileBytes = -1] = match.slice(1).map(Number);
  if (known !== undefined) {
    checkSameFile(response, fileBytes, known);
  }
  if (first !== range.first || last !== Math.min(range.last, fileBytes - 1)) {
    throw badResponse(
      `${host} sends the bytes ${String(first)} to ${String(last)}, asked for were ${String(range.first)} to ${String(range.last)}`,
    );
  }
  const bytes = last - first + 1;
  if (contentLength !== undefined && contentLength !== bytes) {
    throw badResponse(`${host} announces ${String(contentLength)} bytes for a range of ${String(bytes)}`);
  }
  return { bytes, fileBytes };
}

function checkSameFile({ host, etag, commit }: HubResponse, fileBytes: number, known: FileState): void {
  if (etag === '' && known.etag !== '') {
    throw badResponse(`${host} does not say which version of the file it sends`);
  }
  if (etag !== known.etag || fileBytes !== known.fileBytes || (commit ?? known.commit) !== known.commit) {
    throw new HubError('changed', `The file on ${host} changed while it was downloaded.`);
  }
}

function badResponse(fault: string): HubError {
  return new HubError('bad-response', `${fault}.`, { isTransient: true });
}
