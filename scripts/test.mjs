// node scripts/test.mjs [step …]   (steps: see scripts/test/steps.mjs; without a name all of them)
// A failed step does not stop the later ones. The last line of output is the total, and the exit code is 1 on any failure.
import { runStep } from './test/runStep.mjs';
import { steps } from './test/steps.mjs';
import { printSummary } from './test/summary.mjs';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`Unknown step ${unknown.join(', ')}. Known: ${steps.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

// Suites read generated files; making them takes no time when they are up to date.
const chosen =
  names.length === 0 ? steps : steps.filter(({ name }) => name === 'generate' || names.includes(name));
const results = [];
for (const step of chosen) {
  console.log(`\n── ${step.name} ──`);
  results.push(await runStep(step));
}
printSummary(results);
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
