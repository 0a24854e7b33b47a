// node scripts/test/relaxedSimd.mjs
// The tests of the kernel with relaxed SIMD, which the lowest Node that is supported does not have: by the Node of VS Code's server.
import { spawnSync } from 'node:child_process';
import { nodeBinary } from '../../test/host/nodeBinary.mjs';
import { projectFolder } from '../../test/host/paths.mjs';
import { mochaCommand } from './steps.mjs';

/** Where tests are defined with `onEachKernel`. */
const FILES = [
  'test/unit/embedding/*.test.ts',
  'test/unit/graph/*.test.ts',
  'test/unit/engine/loaded/keptIndex.test.ts',
  'test/model/engine/loaded/scanThreads.test.ts',
];

const [first, ...others] = FILES;
const command = [...mochaCommand(first), ...others, '--grep', 'relaxed-simd', '--fail-zero'];
const { status } = spawnSync(nodeBinary(), command, { cwd: projectFolder, stdio: 'inherit' });
process.exitCode = status ?? 1;
