// Opens a page in the browser that the user has chosen.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** @param {string} page Path of a file. */
export function openInBrowser(page) {
  const child = spawn(...browserCommand(page), { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // the address is printed anyway
  child.unref();
}

/**
 * @param {string} page
 * @param {NodeJS.Platform} [platform]
 * @returns {[program: string, parameters: string[]]}
 */
export function browserCommand(page, platform = process.platform) {
  switch (platform) {
    case 'darwin':
      return ['open', [page]];
    case 'win32':
      // Explorer is no opener: of what it does not understand it makes a window with a folder.
      return ['rundll32.exe', ['url.dll,FileProtocolHandler', pathToFileURL(page).href]];
    default:
      return ['xdg-open', [page]];
  }
}
