// Copies of the sample workspace, so that nothing that is edited there changes the project.
import fs from 'node:fs';
import path from 'node:path';
import { projectFolder } from './paths.mjs';

/** Where a copy is, or would be. @param {string} name */
export function sampleWorkspaceFolder(name) {
  return path.join(projectFolder, '.cache/workspaces', name);
}

/**
 * A copy in .cache/workspaces.
 *
 * @param {string} name Of the copy.
 * @param {{fresh: boolean, without?: readonly string[]}} options `fresh` throws away what an earlier run left there; `without` names files that
 * are not copied.
 * @returns {string} its path.
 */
export function sampleWorkspace(name, { fresh, without = [] }) {
  const folder = sampleWorkspaceFolder(name);
  if (fresh) {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  if (!fs.existsSync(folder)) {
    fs.cpSync(path.join(projectFolder, 'test/fixtures/workspace'), folder, {
      recursive: true,
      filter: (source) => !without.includes(path.basename(source)),
    });
  }
  return folder;
}
