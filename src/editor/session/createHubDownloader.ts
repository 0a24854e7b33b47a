import type * as vscode from 'vscode';
import { HubDownloader } from '../../model/hub/hubDownloader';
import type { HubServer } from './hubServer';
import type { TokenRules } from './tokenRules';

/**
 * A downloader for the settings as they are now.
 *
 * @throws {RangeError} when the endpoint is no address of a server.
 */
export function createHubDownloader(
  server: HubServer,
  tokens: TokenRules,
  storage: string,
  log: vscode.LogOutputChannel,
): HubDownloader {
  const { endpoint } = server;
  return new HubDownloader({
    storage,
    endpoint,
    token: () => tokens.tokenFor(endpoint),
    askForToken: ({ repository }) => tokens.answerTo(endpoint, repository),
    log: (line) => log.info(line),
  });
}
