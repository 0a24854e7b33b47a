import { untilAborted } from '../../core/work/untilAborted';
import { isPrivateConnection } from './loopback';
import type { TokenAnswer } from './tokenAnswer';

export interface HubIdentificationOptions {
  readonly endpoint: URL;
  /** Of the user, for this server: sent with the first request already. */
  readonly token: string | undefined;
  /** Where that is undefined: asked once, when the server has asked who we are. */
  readonly askForToken?: (() => Promise<TokenAnswer>) | undefined;
}

/**
 * Whether one server gets the user's token, for all requests of one download. It never does over a connection that others can read:
 * without TLS only on this machine itself.
 */
export class HubIdentification {
  private readonly isPrivate: boolean;
  private given: string | undefined;
  private asked: Promise<TokenAnswer> | undefined;

  constructor(private readonly options: HubIdentificationOptions) {
    const { endpoint, token } = options;
    this.isPrivate = isPrivateConnection(endpoint);
    this.given = this.isPrivate ? token : undefined;
  }

  /** For requests to the server's own origin; undefined: none is sent. */
  get token(): string | undefined {
    return this.given;
  }

  /**
   * For a server that has asked who we are and was not told: the same answer for all requests.
   *
   * @throws The signal's reason when it is aborted.
   */
  async answer(signal: AbortSignal): Promise<TokenAnswer> {
    const { endpoint, askForToken } = this.options;
    if (!this.isPrivate) {
      return {
        withheld: `No access token is sent to ${endpoint.host} over http:, which everybody on the way can read.`,
      };
    }
    this.asked ??= Promise.resolve(askForToken?.()).then((answer) => {
      if (answer !== undefined && 'token' in answer) {
        this.given = answer.token;
      }
      return answer;
    });
    // It does not wait for people when it is canceled.
    return untilAborted(this.asked, signal);
  }
}
