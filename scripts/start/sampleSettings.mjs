// `npm start` is to show something at once: without GPT-2 on this machine, its workspace uses the sample vectors.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Other folders are as untrusted as anywhere. The sample workspace needs no trust: the model is named by the user's settings, and no banner
 * and no marks on signs beyond ASCII lie over the first screen.
 */
export const QUIET_RESTRICTED_MODE = {
  'editor.minimap.enabled': false,
  'editor.unicodeHighlight.nonBasicASCII': false,
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
};

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
  if (Object.keys(settings).length > 0) {
    writeFirst(path.join(workspace, '.vscode/settings.json'), settings);
  }
}

/**
 * Writes the user's settings of a VS Code of ours that has none yet. A workspace's are not heard before it is trusted.
 *
 * @param {string} userData Its folder of user data.
 * @param {Record<string, unknown>} settings
 */
export function writeUserSettings(userData, settings) {
  writeFirst(path.join(userData, 'User/settings.json'), { ...QUIET_RESTRICTED_MODE, ...settings });
}

function writeFirst(file, settings) {
  if (!fs.existsSync(file)) {
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
