// The Node that runs VS Code's server: newer than the one that suffices for the project.
import fs from 'node:fs';
import path from 'node:path';
import { hostModules } from './paths.mjs';

/** VS Code 1.139 uses `module.registerHooks`; code-server asks for Node 24. */
const NEEDED_MAJOR = 24;

/**
 * Environment variable `HOST_NODE`, else the binary inside the npm package `node-<system>-<cpu>`, else the running Node.
 *
 * @throws {Error} when none of them is new enough.
 */
export function nodeBinary() {
  if (process.env.HOST_NODE) {
    return process.env.HOST_NODE;
  }
  const windows = process.platform === 'win32';
  const packageName = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const packaged = path.join(hostModules, packageName, windows ? 'bin/node.exe' : 'bin/node');
  if (fs.existsSync(packaged)) {
    return packaged;
  }
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
    return process.execPath;
  }
  throw new Error(
    `VS Code's server needs Node ${NEEDED_MAJOR}: name one in the environment variable HOST_NODE (there is no npm package ${packageName}).`,
  );
}
