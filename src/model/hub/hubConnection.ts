import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { connectionError } from './connectionError';
import { HubError } from './hubError';
import type { HubFile } from './hubFile';
import type { HubIdentification } from './hubIdentification';
import { isCommit } from './hubModel';
import type { HttpResponse, HttpTransport } from './httpTransport';
import { isLoopback } from './loopback';
import { statusError, type StatusContext } from './statusError';

/** Hops to the content. The hub makes one, or two for a repository that was renamed. */
const MAX_REDIRECTS = 5;

/** Longest address that is followed. Signed ones have about 1,500 characters. */
const MAX_ADDRESS_LENGTH = 16_384;

/** Longest body of a redirect or error that is read for nothing. The hub's have about 1,500 bytes. */
const MAX_DISCARDED_BYTES = 16_384;

const REDIRECT_STATUSES: readonly number[] = [301, 302, 303, 307, 308];

/** First and last byte, as HTTP counts: both are part of the range. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** An answer with content; nothing of its body has been read. */
export interface HubResponse {
  readonly status: 200 | 206;
  /** Host that sends the content. */
  readonly host: string;
  /** The file's ETag without quotes and weakness mark; `X-Linked-Etag` where there is one. Empty where there is none. */
  readonly etag: string;
  /** From `X-Repo-Commit`. */
  readonly commit: string | undefined;
  /** From `Content-Length`. */
  readonly contentLength: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

export interface HubConnectionOptions {
  readonly endpoint: URL;
  readonly identification: HubIdentification;
  readonly transport: HttpTransport;
  readonly log: (line: string) => void;
  /** How long the head of an answer may take. */
  readonly answerTimeoutMilliseconds: number;
}

/**
 * Asks a hub for files, following its redirects by hand: the token goes to the hub's own origin alone, and a secure
 * connection is never left for an insecure one. Makes one attempt; repeating is the caller's. Only a server that asks who we are, and
 * is then told, is asked once more.
 */
export class HubConnection {
  constructor(private readonly options: HubConnectionOptions) {}

  /** Such as `huggingface.co`. */
  get host(): string {
    return this.options.endpoint.host;
  }

  /**
   * @param range Without it the whole file.
   * @returns undefined where the repository has no such file.
   * @throws {HubError}
   * @throws The signal's reason when it is aborted.
   */
  async open(
    file: HubFile,
    { range, signal }: { readonly range?: ByteRange; readonly signal: AbortSignal },
  ): Promise<HubResponse | undefined> {
    const { endpoint, identification } = this.options;
    let url = this.addressOf(file);
    let hops: IncomingHttpHeaders[] = [];
    let withheld: string | undefined;
    const trace = [`GET ${url.origin}${url.pathname}${range === undefined ? '' : ` ${rangeText(range)}`}`];
    for (;;) {
      const token = url.origin === endpoint.origin ? identification.token : undefined;
      const response = await this.request(url, range, token, signal);
      hops.push(response.headers);
      trace.push(`${url.host} answers ${String(response.status)}`);
      if (asksWhoWeAre(response) && url.origin === endpoint.origin && token === undefined) {
        discard(response);
        const answer = await identification.answer(signal);
        if (answer !== undefined && 'token' in answer) {
          url = this.addressOf(file);
          hops = [];
          continue;
        }
        withheld = answer?.withheld;
      }
      const location = REDIRECT_STATUSES.includes(response.status) ? response.headers.location : undefined;
      if (location === undefined) {
        this.options.log(trace.join(', '));
        return this.accept(file, url, response, hops, { hasToken: token !== undefined, withheld });
      }
      discard(response);
      if (hops.length > MAX_REDIRECTS) {
        this.options.log(trace.join(', '));
        throw new HubError(
          'bad-response',
          `${this.host} redirects more than ${String(MAX_REDIRECTS)} times.`,
        );
      }
      url = this.redirectTarget(url, location);
    }
  }

  private addressOf({ repository, revision, file }: HubFile): URL {
    const { endpoint } = this.options;
    const url = new URL(endpoint);
    const parts = [...repository.split('/'), 'resolve', revision, file].map(encodeURIComponent);
    url.pathname = `${endpoint.pathname.replace(/\/+$/, '')}/${parts.join('/')}`;
    return url;
  }

  private async request(
    url: URL,
    range: ByteRange | undefined,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const { transport, answerTimeoutMilliseconds } = this.options;
    signal.throwIfAborted();
    const headers: Record<string, string> = {
      'user-agent': 'Tokenscope',
      accept: '*/*',
      // Positions count in the stored bytes, so nothing may be compressed on the way.
      'accept-encoding': 'identity',
      ...(range === undefined ? {} : { range: rangeText(range) }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const late = new AbortController();
    const timer = setTimeout(() => {
      const seconds = (answerTimeoutMilliseconds / 1000).toLocaleString('en-US');
      const message = `${url.host} did not answer within ${seconds} s.`;
      late.abort(new HubError('timeout', message, { isTransient: true }));
    }, answerTimeoutMilliseconds);
    try {
      return await transport({ url, headers, signal: AbortSignal.any([signal, late.signal]) });
    } catch (error) {
      signal.throwIfAborted();
      throw connectionError(error, url.host);
    } finally {
      clearTimeout(timer);
    }
  }

  private redirectTarget(from: URL, location: string): URL {
    let target: URL | undefined;
    try {
      target = location.length > MAX_ADDRESS_LENGTH ? undefined : new URL(location, from);
    } catch {
      target = undefined;
    }
    const fault = target === undefined ? 'to something that is no web address' : redirectFault(from, target);
    if (target === undefined || fault !== undefined) {
      throw new HubError('bad-response', `${from.host} redirects ${fault ?? ''}.`);
    }
    return target;
  }

  private accept(
    file: HubFile,
    url: URL,
    { status, headers, body }: HttpResponse,
    hops: readonly IncomingHttpHeaders[],
    sent: Pick<StatusContext, 'hasToken' | 'withheld'>,
  ): HubResponse | undefined {
    const isHub = url.origin === this.options.endpoint.origin;
    if (status !== 200 && status !== 206) {
      discard({ status, headers, body });
      if (status === 404 && isMissingFile(headers)) {
        return undefined;
      }
      throw statusError(status, headers, {
        ...file,
        host: url.host,
        isHub,
        page: `${this.options.endpoint.origin}/${file.repository}`,
        ...sent,
      });
    }
    if (/^text\/html\b/i.test(headers['content-type'] ?? '')) {
      body.destroy();
      throw new HubError(
        'bad-response',
        `A web page came in place of ${file.file} from ${url.host}. Networks that want you to sign in answer so, as in hotels and trains: ` +
          'sign in with a browser, then try again.',
      );
    }
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      body.destroy();
      throw new HubError('bad-response', `${url.host} sends compressed content, which was not asked for.`);
    }
    const first = (name: string): string | undefined =>
      hops.map((hop) => hop[name]).find((value): value is string => typeof value === 'string');
    const commit = first('x-repo-commit');
    const length = headers['content-length'];
    return {
      status,
      host: url.host,
      etag: normalizedEtag(first('x-linked-etag') ?? headers.etag ?? ''),
      commit: commit !== undefined && isCommit(commit) ? commit : undefined,
      contentLength: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined,
      headers,
      body,
    };
  }
}

/** A short body is read to its end, so that the connection can be used again; any other is broken off. */
function discard({ headers, body }: HttpResponse): void {
  if (Number(headers['content-length'] ?? Number.NaN) <= MAX_DISCARDED_BYTES) {
    body.resume();
  } else {
    body.destroy();
  }
}

function asksWhoWeAre({ status }: HttpResponse): boolean {
  return status === 401 || status === 403;
}

/** The hub says what is missing; a plain server does not, and then it is the file. */
function isMissingFile(headers: IncomingHttpHeaders): boolean {
  const code = headers['x-error-code'];
  return code === undefined || code === 'EntryNotFound';
}

function rangeText({ first, last }: ByteRange): string {
  return `bytes=${String(first)}-${String(last)}`;
}

/** `W/"abc"`, `"abc"` and `abc` are the same file's: servers on the way weaken an ETag or drop its quotes. */
function normalizedEtag(etag: string): string {
  return etag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
}

/** Says neither the target's path nor its query, which may be signed. */
function redirectFault(from: URL, target: URL): string | undefined {
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    return `to ${target.protocol}, which is not the web`;
  }
  if (target.username !== '' || target.password !== '') {
    return 'to an address with a user name';
  }
  const isDowngrade = from.protocol === 'https:' && target.protocol === 'http:';
  return isDowngrade && !(isLoopback(from) && isLoopback(target))
    ? `from a secure connection to an insecure one (${target.host})`
    : undefined;
}
