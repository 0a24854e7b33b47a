// A VS Code that is served to the browser of this machine.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { startServer, workbenchUrl } from '../../test/host/server.mjs';
import { hasDisplay } from './desktopVscode.mjs';

/**
 * Serves until the user presses Ctrl-C.
 *
 * @param {{projectFolder: string, workspace: string, file: string, say: (line: string) => void}} options
 */
export async function serveVscode({ projectFolder, workspace, file, say }) {
  const dataFolder = path.join(projectFolder, '.cache/start-vscode');
  const server = await startServer({ dataFolder, logFile: path.join(dataFolder, 'server.log') });
  const url = workbenchUrl(server, { folder: workspace, file, extensionFolder: projectFolder });
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, resolve);
    }
  });
  say('VS Code is up. Open this address in a browser (it holds the key to your session):');
  console.log(`\n  ${url}\n`);
  say('Ctrl-C ends it.');
  if (hasDisplay() && !process.env.CI) {
    openInBrowser(url);
  }
  await stopped;
  say('ending …');
  await server.stop();
}

function openInBrowser(url) {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // the address is printed anyway
  child.unref();
}
