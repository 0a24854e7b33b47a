import type { IncomingHttpHeaders } from 'node:http';
import type { HubFile } from './hubFile';
import { HubError } from './hubError';
import { rateLimitMilliseconds, retryAfterMilliseconds } from './retryAfter';

export interface StatusContext extends HubFile {
  /** Host that answered. */
  readonly host: string;
  /** False for the target of a redirect. */
  readonly isHub: boolean;
  /** Address of the repository's page. */
  readonly page: string;
  readonly hasToken: boolean;
  /** Why the server was sent no token, though there may be one: a sentence. */
  readonly withheld?: string | undefined;
}

/** Statuses that a later attempt may not meet: timeout, too early, too many requests, and the server's own errors. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A status other than success as an error that says what to do. `X-Error-Code` is how the hub tells the cases apart. */
export function statusError(status: number, headers: IncomingHttpHeaders, context: StatusContext): HubError {
  const { repository, revision, file, host, isHub, page } = context;
  const isTransient = TRANSIENT_STATUSES.has(status);
  if (isTransient) {
    const wait =
      retryAfterMilliseconds(headers['retry-after'], Date.now()) ?? rateLimitMilliseconds(headers.ratelimit);
    return status === 429
      ? new HubError('rate-limited', `${host} asks for fewer requests (status 429).`, {
          isTransient,
          retryAfterMilliseconds: wait,
        })
      : new HubError('server-error', `${host} has a problem of its own (status ${String(status)}).`, {
          isTransient,
          retryAfterMilliseconds: wait,
        });
  }
  if (status === 407) {
    return new HubError('proxy', 'The proxy asks for a user name and password. See the setting http.proxy.');
  }
  if (!isHub && (status === 401 || status === 403)) {
    // A signed address that has expired: the next attempt asks the hub for a new one.
    return new HubError('forbidden', `${host} refuses the download (status ${String(status)}).`, {
      isTransient: true,
    });
  }
  const code = headers['x-error-code'];
  if (code === 'RepoNotFound' || (status === 404 && code !== 'RevisionNotFound')) {
    const hint = context.hasToken
      ? 'The token may lack access to it.'
      : (context.withheld ?? 'If it is private, set an access token.');
    return new HubError('not-found', `${host} has no repository ${repository} to show. ${hint}`);
  }
  if (code === 'RevisionNotFound') {
    return new HubError('not-found', `The repository ${repository} has no revision ${revision}.`);
  }
  if (status === 401 || status === 403) {
    return accessError(status, code === 'GatedRepo', context);
  }
  return new HubError(
    'bad-response',
    `${host} answers the request for ${file} of ${repository} with status ${String(status)}. See ${page}.`,
  );
}

function accessError(status: 401 | 403, isGated: boolean, context: StatusContext): HubError {
  const { repository, host, page, hasToken, withheld } = context;
  const reason = status === 401 ? 'unauthorized' : 'forbidden';
  if (isGated || status === 403) {
    const token = hasToken
      ? ' with the account of your token'
      : withheld === undefined
        ? ' and set an access token'
        : '';
    const gated = `${host} does not let you download ${repository}: it is gated. Accept its terms on ${page}${token}.`;
    return new HubError(reason, withheld === undefined ? gated : `${gated} ${withheld}`);
  }
  const advice = hasToken
    ? 'The access token is not accepted: set a valid one.'
    : (withheld ?? 'Set an access token.');
  return new HubError(reason, `${host} asks who you are before it sends ${repository}. ${advice}`);
}
