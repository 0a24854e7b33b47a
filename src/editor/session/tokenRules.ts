import { isPrivateConnection } from '../../model/hub/loopback';
import type { TokenAnswer } from '../../model/hub/tokenAnswer';
import type { HubServer } from './hubServer';
import type { TokenConsents } from './tokenConsents';

/** What the user is asked before a server gets the token that they have not named themselves. */
export interface TokenQuestion {
  /** Such as `https://mirror.example`. */
  readonly origin: string;
  /** What the server is asked for, such as `openai-community/gpt2`. */
  readonly repository: string;
}

export interface TokenRulesServices {
  /** The user's token; undefined where there is none. */
  readonly token: () => Promise<string | undefined>;
  readonly server: Pick<HubServer, 'usersOrigins'>;
  readonly consents: TokenConsents;
  /** Asks the user. */
  readonly ask: (question: TokenQuestion) => Promise<boolean>;
}

/**
 * Which server gets the user's access token. It belongs to the servers that the user has named. Any other is first asked without it, and
 * only where it asks who we are, the user is.
 */
export class TokenRules {
  /** Origins that the user has refused: nobody is asked a second time by what goes on by itself. */
  private readonly refused = new Set<string>();
  /** Questions that are open, by origin. */
  private readonly open = new Map<string, Promise<boolean>>();

  constructor(private readonly services: TokenRulesServices) {}

  /** The token that a server gets with the first request; undefined: none. */
  async tokenFor(endpoint: URL): Promise<string | undefined> {
    return this.belongsTo(endpoint.origin) && isPrivateConnection(endpoint)
      ? this.services.token()
      : undefined;
  }

  /** What a server is told that has asked who we are. */
  async answerTo({ origin, host }: URL, repository: string): Promise<TokenAnswer> {
    if ((await this.services.token()) === undefined) {
      return undefined;
    }
    if (!this.belongsTo(origin) && !(await this.isAllowed({ origin, repository }))) {
      return { withheld: `Your access token was not sent: you have not allowed ${host} to have it.` };
    }
    const token = await this.services.token();
    return token === undefined ? undefined : { token };
  }

  /** The user begins something anew: a server that was refused may be asked about once more. */
  askAgain(): void {
    this.refused.clear();
  }

  private belongsTo(origin: string): boolean {
    const { server, consents } = this.services;
    return server.usersOrigins.has(origin) || consents.origins.includes(origin);
  }

  private async isAllowed(question: TokenQuestion): Promise<boolean> {
    const { origin } = question;
    if (this.refused.has(origin)) {
      return false;
    }
    const answer = this.open.get(origin) ?? this.askOnce(question);
    this.open.set(origin, answer);
    return answer;
  }

  private async askOnce(question: TokenQuestion): Promise<boolean> {
    const { origin } = question;
    try {
      const isAllowed = await this.services.ask(question);
      if (isAllowed) {
        await this.services.consents.add(origin);
      } else {
        this.refused.add(origin);
      }
      return isAllowed;
    } finally {
      this.open.delete(origin);
    }
  }
}
