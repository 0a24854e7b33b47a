// Root may read and write everything: what a test proves about permissions, and what needs them, only an ordinary user finds out.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** `nobody` and its group, by the numbers that all systems have room for; they need no account. */
const USER = { uid: 65534, gid: 65534 };

/** What a copy does without: packages are linked, and all else is made again. */
const LEFT_OUT = new Set(['.git', '.cache', '.vscode-test', 'dist', 'node_modules', 'out']);

/** Whether programs can be started as another user. */
export function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * A copy of the project that belongs to an ordinary user, who cannot write to the project itself.
 *
 * @param {string} projectFolder
 * @returns {{folder: string, options: {uid: number, gid: number, env: Record<string, string>}, remove: () => void} | undefined}
 *   `options` are for `spawn`; undefined where other users cannot read the project.
 */
export function ordinaryCopy(projectFolder) {
  const packages = path.join(projectFolder, 'node_modules');
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tokenscope-user-')));
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  try {
    fs.chmodSync(folder, 0o755);
    const look = spawnSync(process.execPath, ['-e', `fs.readdirSync(${JSON.stringify(packages)})`], USER);
    if (look.status !== 0) {
      remove();
      return undefined;
    }
    fs.cpSync(projectFolder, folder, {
      recursive: true,
      preserveTimestamps: true,
      filter: (file) => file === projectFolder || !LEFT_OUT.has(path.basename(file)),
    });
    fs.symlinkSync(packages, path.join(folder, 'node_modules'));
    fs.mkdirSync(path.join(folder, '.cache/home'), { recursive: true });
    giveAway(folder);
  } catch (error) {
    remove();
    throw error;
  }
  const env = { ...process.env, HOME: path.join(folder, '.cache/home') };
  return { folder, options: { ...USER, env }, remove };
}

function giveAway(folder) {
  fs.lchownSync(folder, USER.uid, USER.gid);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      giveAway(file);
    } else {
      fs.lchownSync(file, USER.uid, USER.gid);
    }
  }
}
