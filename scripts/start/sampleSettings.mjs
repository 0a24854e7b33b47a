// `npm start` is to show something at once: without GPT-2 on this machine, its workspace uses the sample vectors.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Writes the workspace's settings unless it has some, or unless GPT-2 is in the Hugging Face cache.
 *
 * @param {string} projectFolder
 * @param {string} workspace
 */
export function useSampleWithoutModel(projectFolder, workspace) {
  const settings = path.join(workspace, '.vscode/settings.json');
  if (fs.existsSync(settings) || isGpt2Cached(projectFolder)) {
    return;
  }
  fs.mkdirSync(path.dirname(settings), { recursive: true });
  fs.writeFileSync(settings, `${JSON.stringify({ 'tokenscope.model': 'sample' }, undefined, 2)}\n`);
}

function isGpt2Cached(projectFolder) {
  const script = `import('./src/model/findCachedGpt2.ts').then(async ({ findCachedGpt2 }) => {
    process.exitCode = (await findCachedGpt2()) ? 0 : 3;
  })`;
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], { cwd: projectFolder });
  return status === 0;
}
