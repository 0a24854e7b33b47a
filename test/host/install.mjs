// Installs the host's packages when they are missing or belong to another lock file.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { npmCommand } from './npmCommand.mjs';
import { hostFolder, hostModules } from './paths.mjs';

const stampFile = path.join(hostModules, '.tokenscope-lock-hash');

function lockHash() {
  const lock = fs.readFileSync(path.join(hostFolder, 'package-lock.json'));
  return createHash('sha256').update(lock).digest('hex');
}

function isInstalled() {
  return fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === lockHash();
}

/**
 * Runs `npm ci` in test/host unless what is installed there belongs to the lock file. Their own lock file keeps some 600 MB
 * out of the project's `npm ci`, which most work does not need.
 *
 * @throws {Error} when npm fails.
 */
export function ensureHostInstalled() {
  if (isInstalled()) {
    return;
  }
  console.log('[host] installing VS Code and Chromium into test/host/node_modules (600 MB, once) …');
  const start = performance.now();
  const environment = { ...process.env };
  delete environment.npm_config_local_prefix; // names the folder of the npm that runs us
  const command = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  const result = spawnSync(...command, { cwd: hostFolder, stdio: 'inherit', env: environment });
  if (result.status !== 0) {
    throw new Error(`npm ci in test/host failed (${result.error?.message ?? `exit code ${result.status}`})`);
  }
  fs.writeFileSync(stampFile, lockHash());
  console.log(`[host] installed in ${Math.round((performance.now() - start) / 1000)} s`);
}
