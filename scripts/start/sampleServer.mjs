// The server of the VS Code that `npm start` serves.
import path from 'node:path';
import { startServer, workbenchUrl } from '../../test/host/server.mjs';
import { QUIET_RESTRICTED_MODE } from './sampleSettings.mjs';

/** The lesson, which the extension provides (`src/editor/lesson`); to open it wakes the extension. */
const LESSON = 'tokenscope-lesson:/lesson.md';

/**
 * Starts the server, with Tokenscope installed as a user installs it, for a window that shows the lesson.
 *
 * @param {{workspace: string, settings: Record<string, unknown>, env: Record<string, string>, vsix: string, dataFolder: string}} options
 * `settings` are those of a first start, `env` is for the extension host.
 * @returns {Promise<{server: import('../../test/host/server.d.mts').Server, url: string}>}
 */
export async function startSampleServer({ workspace, settings, env, vsix, dataFolder }) {
  const server = await startServer({
    dataFolder,
    logFile: path.join(dataFolder, 'server.log'),
    asksForTrust: true,
    // Only a window for tests runs an extension from its folder, and that shows no notifications.
    isDriven: false,
    settings: { ...QUIET_RESTRICTED_MODE, ...settings },
    vsix,
    env,
  });
  return { server, url: workbenchUrl(server, { folder: workspace, address: LESSON }) };
}
