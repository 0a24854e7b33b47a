import type * as vscode from 'vscode';
import type * as HubDownloads from '../../hubDownloads';
import type { HubDownloader } from '../../model/hub/hubDownloader';
import type { HubServer } from './hubServer';
import type { TokenRules } from './tokenRules';

/**
 * A downloader for the settings as they are now.
 *
 * @param downloads Loads what downloads, which is in a bundle of its own.
 * @throws {RangeError} when the endpoint is no address of a server.
 */
export async function createHubDownloader(
  downloads: () => Promise<typeof HubDownloads>,
  server: HubServer,
  tokens: TokenRules,
  storage: string,
  log: vscode.LogOutputChannel,
): Promise<HubDownloader> {
  const { endpoint } = server;
  const { HubDownloader } = await downloads();
  return new HubDownloader({
    storage,
    endpoint,
    token: () => tokens.tokenFor(endpoint),
    askForToken: ({ repository }) => tokens.answerTo(endpoint, repository),
    log: (line) => log.info(line),
  });
}
