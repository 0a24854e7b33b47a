// node scripts/test.mjs [step …]   (steps: see scripts/test/steps.mjs; without a name all of them)
import { runSteps } from './test/runSteps.mjs';

process.exitCode = await runSteps(process.argv.slice(2));
