// node scripts/test/relaxedSimd.mjs
// The tests of the kernel with relaxed SIMD, which the lowest Node that is supported does not have: then by the Node of VS Code's server.
import { spawnSync } from 'node:child_process';
import { ensureHostInstalled } from '../../test/host/install.mjs';
import { nodeBinary } from '../../test/host/nodeBinary.mjs';
import { projectFolder } from '../../test/host/paths.mjs';
import { mochaCommand } from './steps.mjs';

/** From here on V8 has it without a flag. */
const FIRST_MAJOR = 22;

/** Where tests are defined with `onEachKernel`. */
const FILES = [
  'test/unit/embedding/*.test.ts',
  'test/unit/graph/*.test.ts',
  'test/unit/engine/loaded/keptIndex.test.ts',
  'test/model/engine/loaded/scanThreads.test.ts',
];

function node() {
  if (process.env.HOST_NODE) {
    return nodeBinary();
  }
  if (Number(process.versions.node.split('.')[0]) >= FIRST_MAJOR) {
    return process.execPath;
  }
  ensureHostInstalled();
  return nodeBinary();
}

const [first, ...others] = FILES;
const command = [...mochaCommand(first), ...others, '--grep', 'relaxed-simd', '--fail-zero'];
const { status } = spawnSync(node(), command, { cwd: projectFolder, stdio: 'inherit' });
process.exitCode = status ?? 1;
