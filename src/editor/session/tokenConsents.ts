import type * as vscode from 'vscode';

const STATE_KEY = 'tokenscope.tokenOrigins';

/** More servers than anybody lets have a token; the oldest are forgotten. */
const MAX_CONSENTS = 100;

/** Servers of which the user has said that they may have the access token, by origin, across windows and restarts. */
export class TokenConsents {
  constructor(private readonly state: vscode.Memento) {}

  /** Such as `https://mirror.example`, the latest last. */
  get origins(): readonly string[] {
    const value = this.state.get<unknown>(STATE_KEY);
    return Array.isArray(value) ? value.filter((origin) => typeof origin === 'string') : [];
  }

  async add(origin: string): Promise<void> {
    await this.state.update(STATE_KEY, [...this.without(origin), origin].slice(-MAX_CONSENTS));
  }

  async forget(origin: string): Promise<void> {
    await this.state.update(STATE_KEY, this.without(origin));
  }

  private without(origin: string): string[] {
    return this.origins.filter((other) => other !== origin);
  }
}
