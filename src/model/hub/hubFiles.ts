import type { ByteRange, HubConnection, HubResponse } from './hubConnection';
import type { HubFile } from './hubFile';
import { HubError } from './hubError';
import { checkRangeResponse, type FileState } from './rangeResponse';
import { receiveBody, receiveBytes } from './receiveBody';
import type { Retrying } from './retrying';

export interface HubFilesOptions {
  readonly connection: HubConnection;
  readonly retrying: Retrying;
  /** How long no byte of a body may arrive. */
  readonly stallMilliseconds: number;
  readonly signal: AbortSignal;
}

/** What the first answer about a file says. */
export interface OpenedFile extends FileState {
  /** The file's first bytes. */
  readonly start: Buffer;
}

/** Reads files of one hub, with all checks and repetitions. */
export class HubFiles {
  constructor(private readonly options: HubFilesOptions) {}

  get host(): string {
    return this.options.connection.host;
  }

  get signal(): AbortSignal {
    return this.options.signal;
  }

  /** Repeats an attempt of the caller's own, see {@link Retrying.run}. */
  repeat<T>(attempt: () => Promise<T>, progress?: () => number): Promise<T> {
    return this.options.retrying.run(attempt, this.options.signal, progress);
  }

  /** @returns undefined where the repository has no such file. */
  async readStart(file: HubFile, bytes: number): Promise<OpenedFile | undefined> {
    const range = { first: 0, last: bytes - 1 };
    return this.repeat(async () => {
      const response = await this.open(file, range);
      if (response === undefined) {
        return undefined;
      }
      const { bytes: expected, fileBytes } = checkRangeResponse(response, range);
      const start = await this.receiveBytes(response, expected, expected);
      return { start, fileBytes, etag: response.etag, commit: commitOf(response, file) };
    });
  }

  /** A range of a file that is known already, in memory. */
  async readRange(file: HubFile, range: ByteRange, known: FileState): Promise<Buffer> {
    return this.repeat(async () => {
      const response = await this.openRange(file, range, known);
      const expected = range.last - range.first + 1;
      return this.receiveBytes(response, expected, expected);
    });
  }

  /** One attempt: the head of an answer that has passed all checks. */
  async openRange(file: HubFile, range: ByteRange, known: FileState): Promise<HubResponse> {
    const response = await this.open(file, range);
    if (response === undefined) {
      throw new HubError('not-found', `${file.file} of ${file.repository} is no longer on ${this.host}.`);
    }
    checkRangeResponse(response, range, known);
    return response;
  }

  /**
   * A small file as a whole.
   *
   * @returns undefined where the repository has no such file.
   */
  async readWhole(
    file: HubFile,
    limitBytes: number,
  ): Promise<{ readonly content: Buffer; readonly commit: string } | undefined> {
    return this.repeat(async () => {
      const response = await this.openWhole(file, limitBytes);
      if (response === undefined) {
        return undefined;
      }
      const content = await this.receiveBytes(response, response.contentLength, limitBytes);
      return { content, commit: commitOf(response, file) };
    });
  }

  /** One attempt: the head of an answer with the whole file, of which nothing has been read. */
  async openWhole(file: HubFile, limitBytes: number): Promise<HubResponse | undefined> {
    const response = await this.open(file);
    if (response === undefined) {
      return undefined;
    }
    if (response.status !== 200) {
      response.body.destroy();
      throw new HubError('bad-response', `${response.host} sends a part of a file, asked for was all of it.`);
    }
    if (response.contentLength !== undefined && response.contentLength > limitBytes) {
      response.body.destroy();
      const size = `${String(response.contentLength)} bytes, more than the limit of ${String(limitBytes)}`;
      throw new HubError('bad-response', `${file.file} of ${file.repository} has ${size}.`);
    }
    return response;
  }

  /** Reads a body without collecting it. */
  receive(
    response: HubResponse,
    expectedBytes: number | undefined,
    limitBytes: number,
    onPiece: (piece: Buffer) => Promise<void> | undefined,
  ): Promise<void> {
    const { stallMilliseconds, signal } = this.options;
    return receiveBody(response.body, {
      host: response.host,
      expectedBytes,
      limitBytes,
      stallMilliseconds,
      signal,
      onPiece,
    });
  }

  private receiveBytes(
    { host, body }: HubResponse,
    expectedBytes: number | undefined,
    limitBytes: number,
  ): Promise<Buffer> {
    const { stallMilliseconds, signal } = this.options;
    return receiveBytes(body, { host, expectedBytes, limitBytes, stallMilliseconds, signal });
  }

  private async open(file: HubFile, range?: ByteRange): Promise<HubResponse | undefined> {
    const { connection, retrying, signal } = this.options;
    const response = await connection.open(file, range === undefined ? { signal } : { range, signal });
    retrying.noteAnswer();
    return response;
  }
}

/**
 * The commit that an answer belongs to. A mirror may leave it out where the request named one.
 *
 * @throws {HubError} `bad-response` where it is unknown or another one.
 */
export function commitOf(response: HubResponse, { repository, revision }: HubFile): string {
  const fault = commitFault(response, revision);
  if (fault === undefined) {
    return response.commit ?? revision;
  }
  response.body.destroy();
  throw new HubError('bad-response', `${response.host} ${fault} of ${repository}.`);
}

function commitFault({ commit, host }: HubResponse, revision: string): string | undefined {
  const isPinned = /^[0-9a-f]{40}$/.test(revision);
  if (commit === undefined) {
    return isPinned ? undefined : `does not say which commit ${host} means by the revision ${revision}`;
  }
  return isPinned && commit !== revision ? `answers with commit ${commit} instead of ${revision}` : undefined;
}
