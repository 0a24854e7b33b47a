// A VS Code that is served to the browser of this machine.
import fs from 'node:fs';
import path from 'node:path';
import { packageExtension } from '../package.mjs';
import { hasDisplay } from './desktopVscode.mjs';
import { openInBrowser } from './openInBrowser.mjs';
import { startSampleServer } from './sampleServer.mjs';

/**
 * Serves until the user presses Ctrl-C.
 *
 * @param {{projectFolder: string, workspace: string, settings: Record<string, unknown>, env: Record<string, string>, say: (line: string) =>
 *   void}} options
 */
export async function serveVscode({ projectFolder, workspace, settings, env, say }) {
  const dataFolder = path.join(projectFolder, '.cache/start-vscode');
  const vsix = await packageExtension();
  const { server, url } = await startSampleServer({ workspace, settings, env, vsix, dataFolder });
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, resolve);
    }
  });
  say('VS Code is up. Open this address in a browser (it holds the key to your session):');
  console.log(`\n  ${url}\n`);
  say('Ctrl-C ends it.');
  if (hasDisplay() && !process.env.CI) {
    openInBrowser(pageThatLeadsTo(url, dataFolder));
  }
  await stopped;
  say('ending …');
  fs.rmSync(path.join(dataFolder, 'open.html'), { force: true });
  await server.stop();
}

/** A page that its owner alone can read, and that leads on: the address holds the key, and parameters of programs are no secret. */
function pageThatLeadsTo(url, folder) {
  const page = path.join(folder, 'open.html');
  fs.rmSync(page, { force: true });
  const target = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const content = `<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${target}">\n`;
  fs.writeFileSync(page, content, { mode: 0o600 });
  return page;
}
