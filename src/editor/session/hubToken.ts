import type * as vscode from 'vscode';

const SECRET_KEY = 'tokenscope.hubToken';

/** The user's access token for the hub, in VS Code's secret storage. Which servers get it is up to {@link TokenRules}; it is never logged. */
export class HubToken {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  get(): Promise<string | undefined> {
    return Promise.resolve(this.secrets.get(SECRET_KEY));
  }

  /** @param token Empty: forget the token. */
  async set(token: string): Promise<void> {
    if (token === '') {
      await this.secrets.delete(SECRET_KEY);
    } else {
      await this.secrets.store(SECRET_KEY, token);
    }
  }
}
