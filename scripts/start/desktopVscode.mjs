// Finds a desktop VS Code on this machine, or downloads one.
import fs from 'node:fs';
import path from 'node:path';
import { downloadVscode } from '../../test/host/downloadedVscode.mjs';

const windows = process.platform === 'win32';
const DOWNLOAD_HOST = 'https://update.code.visualstudio.com/api/releases/stable';
const ANSWER_LIMIT_MS = 3_000;

/** True where a window can be shown. */
export function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
}

/**
 * The command of an installed VS Code, or undefined.
 *
 * @returns {string | undefined}
 */
export function installedVscode() {
  const names = ['code', 'code-insiders', 'codium'].map((name) => (windows ? `${name}.cmd` : name));
  const folders = (process.env.PATH ?? '')
    .split(path.delimiter)
    // npm puts its own folders first; and inside a remote window `code` only talks to that window.
    .filter((folder) => folder !== '' && !/node_modules|remote-cli/.test(folder));
  const { LOCALAPPDATA = '', ProgramFiles = '' } = process.env;
  const candidates = [
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
    '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
    path.join(LOCALAPPDATA, 'Programs/Microsoft VS Code/bin/code.cmd'),
    path.join(ProgramFiles, 'Microsoft VS Code/bin/code.cmd'),
  ];
  return candidates.find((file) => path.isAbsolute(file) && fs.existsSync(file));
}

/**
 * Downloads a VS Code into .vscode-test/, unless it is there already.
 *
 * @returns {Promise<string | undefined>} its program; undefined when the download host does not answer.
 */
export async function downloadedVscode() {
  const answers = await fetch(DOWNLOAD_HOST, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }).then(
    (response) => response.ok,
    () => false,
  );
  if (!answers) {
    return undefined;
  }
  return downloadVscode('stable');
}
