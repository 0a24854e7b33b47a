// How npm is run. On Windows it is a batch file, which needs a shell, and a shell reads parameters as its own language.
import fs from 'node:fs';
import path from 'node:path';

/**
 * Npm's own script, run by Node without a shell; where that is not found, the command by its name.
 *
 * @param {readonly string[]} parameters
 * @param {Partial<import('./npmCommand.d.mts').Machine>} [machine] This one by default.
 * @returns {[program: string, parameters: string[]]} For `spawn` and its like, without the option `shell`.
 * @throws {Error} on Windows, where neither npm has started this process nor stands beside its Node.
 */
export function npmCommand(
  parameters,
  { platform = process.platform, env = process.env, execPath = process.execPath } = {},
) {
  const besideNode = path.join(path.dirname(execPath), 'node_modules/npm/bin/npm-cli.js');
  const script = [env.npm_execpath, besideNode].find((file) => isNpmScript(file));
  if (script !== undefined) {
    return [execPath, [script, ...parameters]];
  }
  if (platform === 'win32') {
    throw new Error('npm was not found beside Node: run this by npm (npm run …).');
  }
  return ['npm', [...parameters]];
}

/** Other package managers name themselves in the same variable. */
function isNpmScript(file) {
  return file !== undefined && /^npm-cli\.c?js$/.test(path.basename(file)) && fs.existsSync(file);
}
