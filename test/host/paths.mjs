// Where things of the test host are.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const hostFolder = path.dirname(fileURLToPath(import.meta.url));

export const projectFolder = path.resolve(hostFolder, '../..');

/** Packages of the host's own lock file; not there before `ensureHostInstalled()`. */
export const hostModules = path.join(hostFolder, 'node_modules');

/** VS Code's server build inside the package code-server. */
export const vscodeFolder = path.join(hostModules, 'code-server/lib/vscode');
