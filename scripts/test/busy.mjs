// node scripts/test/busy.mjs [step …]   (as scripts/test.mjs)
// The test run while busy loops take all processors: what passes only on an idle machine fails here.
import { runSteps } from './runSteps.mjs';
import { startBusyLoops } from './busyLoops.mjs';

const stopLoops = await startBusyLoops();
try {
  process.exitCode = await runSteps(process.argv.slice(2));
} finally {
  await stopLoops();
}
