// Nodes of other versions, out of npm.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { npmCommand } from '../../test/host/npmCommand.mjs';
import { nodePackage } from '../../test/host/nodePackage.mjs';
import { projectFolder } from '../../test/host/paths.mjs';

/**
 * The newest Node of a major version, as it was when first asked for: it is kept in .cache/nodes.
 *
 * @param {string} major
 * @returns {string} its program.
 * @throws {Error} when npm has none for this machine.
 */
export function npmNode(major) {
  const { name, program } = nodePackage();
  const folder = path.join(projectFolder, '.cache/nodes', major);
  const file = path.join(folder, 'node_modules', name, program);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(folder, { recursive: true });
    // Without a manifest of its own npm would install into the project.
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
    const environment = { ...process.env };
    delete environment.npm_config_local_prefix; // names the folder of the npm that runs us
    const options = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--no-save'];
    const command = npmCommand(['install', ...options, `${name}@${major}`]);
    const { status, error } = spawnSync(...command, { cwd: folder, stdio: 'inherit', env: environment });
    if (status !== 0 || !fs.existsSync(file)) {
      throw new Error(`npm has no ${name}@${major} (${error?.message ?? `exit code ${status}`})`);
    }
  }
  return file;
}
