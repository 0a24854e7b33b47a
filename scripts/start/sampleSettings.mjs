// `npm start` is to show something at once: without GPT-2 on this machine, its workspace uses the sample vectors.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Tokenscope's settings for a first look. */
export function firstSettings(projectFolder) {
  return isGpt2Cached(projectFolder) ? {} : { 'tokenscope.model': 'sample' };
}

/**
 * Writes settings into a workspace that has none yet.
 *
 * @param {string} workspace
 * @param {Record<string, unknown>} settings
 */
export function writeWorkspaceSettings(workspace, settings) {
  const file = path.join(workspace, '.vscode/settings.json');
  if (!fs.existsSync(file) && Object.keys(settings).length > 0) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify(settings, undefined, 2)}\n`);
  }
}

function isGpt2Cached(projectFolder) {
  const script = `import('./src/model/findCachedGpt2.ts').then(async ({ findCachedGpt2 }) => {
    process.exitCode = (await findCachedGpt2()) ? 0 : 3;
  })`;
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], { cwd: projectFolder });
  return status === 0;
}
