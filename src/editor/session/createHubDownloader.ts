import type * as vscode from 'vscode';
import { HubDownloader } from '../../model/hub/hubDownloader';
import { resolveEndpoint, resolveToken } from '../../model/hub/hubSettings';
import { thisMachine } from '../../model/thisMachine';
import type { Settings } from '../settings';
import type { HubToken } from './hubToken';

/**
 * A downloader for the settings as they are now.
 *
 * @throws {RangeError} when the endpoint is no address of a server.
 */
export function createHubDownloader(
  settings: Settings,
  token: HubToken,
  storage: string,
  log: vscode.LogOutputChannel,
): HubDownloader {
  const { env } = thisMachine();
  return new HubDownloader({
    storage,
    endpoint: resolveEndpoint(settings.hubEndpoint, env),
    token: async () => resolveToken(await token.get(), env),
    log: (line) => log.info(line),
  });
}
