// Where sockets of VS Code live.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Of a socket's path: 104 bytes on macOS and 108 on Linux, with the zero at their end. */
const LONGEST_PATH = 103;

/** The longest name that VS Code gives to one: `vscode-ipc-<UUID>.sock`, and the separator before it. */
const LONGEST_NAME = '/vscode-ipc-00000000-0000-0000-0000-000000000000.sock'.length;

/** What is put behind a prefix to make a folder's name its own. */
const UNIQUE = 'XXXXXX'.length;

/**
 * A new folder that is not too deep for sockets: that of the system for temporary files is, on macOS.
 *
 * @param {string} prefix Of its name.
 * @param {{temporary?: string, platform?: NodeJS.Platform}} [machine] This one by default.
 * @returns {string} its path.
 */
export function makeSocketFolder(prefix, { temporary = os.tmpdir(), platform = process.platform } = {}) {
  const length = Buffer.byteLength(path.join(temporary, prefix)) + UNIQUE + LONGEST_NAME;
  // Pipes of Windows have names of their own and no folder.
  const parent = length <= LONGEST_PATH || platform === 'win32' ? temporary : '/tmp';
  return fs.mkdtempSync(path.join(parent, prefix));
}
