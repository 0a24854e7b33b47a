// The Node that runs VS Code's server: newer than the one that suffices for the project.
import fs from 'node:fs';
import path from 'node:path';
import { nodePackage } from './nodePackage.mjs';
import { hostModules } from './paths.mjs';

/** VS Code 1.139 uses `module.registerHooks`; code-server asks for Node 24. */
const NEEDED_MAJOR = 24;

/**
 * Environment variable `HOST_NODE`, else the one in an npm package for this machine, else the running Node.
 *
 * @throws {Error} when none of them is new enough.
 */
export function nodeBinary() {
  if (process.env.HOST_NODE) {
    return process.env.HOST_NODE;
  }
  const { name, program } = nodePackage();
  const packaged = path.join(hostModules, name, program);
  if (fs.existsSync(packaged)) {
    return packaged;
  }
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
    return process.execPath;
  }
  throw new Error(
    `VS Code's server needs Node ${NEEDED_MAJOR}: name one in the environment variable HOST_NODE (there is no npm package ${name}).`,
  );
}
