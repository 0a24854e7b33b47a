/**
 * Why something with the hub failed. Callers decide by this word, never by the message's text.
 *
 * - `offline`: the server cannot be reached at all
 * - `timeout`: it was reached and stopped answering
 * - `connection-lost`: the line dropped again and again
 * - `certificate`: its certificate is not trusted
 * - `proxy`: a proxy on the way refuses
 * - `unauthorized`, `forbidden`: the repository needs a token, or its terms have to be accepted first
 * - `not-found`: no such repository, revision or file
 * - `rate-limited`, `server-error`: still so after several attempts
 * - `range-ignored`: the server sends whole files only, see {@link HubError.wholeFileBytes}
 * - `changed`: the file on the server changed while it was downloaded
 * - `bad-response`: an answer that does not fit what was asked
 * - `disk-full`, `storage`: the own storage cannot be written
 * - `busy`: another window works on the same model
 * - `unsupported`: the repository holds no embedding tensor that can be used
 * - `untrusted-content`: what arrived is not what it should be; it was deleted
 */
export type HubErrorReason =
  | 'offline'
  | 'timeout'
  | 'connection-lost'
  | 'certificate'
  | 'proxy'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'server-error'
  | 'range-ignored'
  | 'changed'
  | 'bad-response'
  | 'disk-full'
  | 'storage'
  | 'busy'
  | 'unsupported'
  | 'untrusted-content';

export interface HubErrorOptions extends ErrorOptions {
  /** True: the same request may succeed a little later. */
  readonly isTransient?: boolean;
  /** How long the server asks to wait before the next attempt. */
  readonly retryAfterMilliseconds?: number | undefined;
  /** What was tried or kept, a sentence. */
  readonly detail?: string | undefined;
  readonly wholeFileBytes?: number | undefined;
}

/** A failed download or request. The message is fit for a user's eyes: it names the server, never a token or a signed address. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly isTransient: boolean;
  readonly retryAfterMilliseconds: number | undefined;
  /** What was tried or kept, such as `64.8 of 154.4 MB are kept.` */
  readonly detail: string | undefined;
  /** Size of the whole file, where `range-ignored` leaves the user to decide about a full download. */
  readonly wholeFileBytes: number | undefined;

  constructor(
    readonly reason: HubErrorReason,
    message: string,
    { isTransient, retryAfterMilliseconds, detail, wholeFileBytes, ...options }: HubErrorOptions = {},
  ) {
    super(message, options);
    this.isTransient = isTransient ?? false;
    this.retryAfterMilliseconds = retryAfterMilliseconds;
    this.detail = detail;
    this.wholeFileBytes = wholeFileBytes;
  }

  /** The same error with a sentence about what was tried or kept. */
  withDetail(detail: string): HubError {
    return new HubError(this.reason, this.message, {
      isTransient: this.isTransient,
      retryAfterMilliseconds: this.retryAfterMilliseconds,
      wholeFileBytes: this.wholeFileBytes,
      detail,
      cause: this.cause,
    });
  }

  static is(error: unknown, reason?: HubErrorReason): error is HubError {
    return (
      error instanceof Error &&
      error.name === 'HubError' &&
      (reason === undefined || ('reason' in error && error.reason === reason))
    );
  }
}
