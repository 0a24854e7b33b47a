// Copies of the sample workspace, so that nothing that is edited there changes the project.
import fs from 'node:fs';
import path from 'node:path';
import { projectFolder } from './paths.mjs';

/**
 * A copy in .cache/workspaces.
 *
 * @param {string} name Of the copy.
 * @param {{fresh: boolean}} options `fresh` throws away what an earlier run left there.
 * @returns {string} its path.
 */
export function sampleWorkspace(name, { fresh }) {
  const folder = path.join(projectFolder, '.cache/workspaces', name);
  if (fresh) {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  if (!fs.existsSync(folder)) {
    fs.cpSync(path.join(projectFolder, 'test/fixtures/workspace'), folder, { recursive: true });
  }
  return folder;
}
