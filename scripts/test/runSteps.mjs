// Runs the steps of the test run.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { markedLines } from './markedLines.mjs';
import { runStep } from './runStep.mjs';
import { preparation, rows, steps } from './steps.mjs';
import { printSummary } from './summary.mjs';

const packageFile = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../out/tokenscope.vsix');

/**
 * Runs steps, and prints what passed. A failed step does not stop the later ones. The last line of output is the total.
 *
 * @param {readonly string[]} names of steps; none for all.
 * @returns {Promise<number>} the exit code: 1 on any failure, 2 where there is no such step.
 */
export async function runSteps(names) {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`Unknown step ${unknown.join(', ')}. Known: ${steps.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  // Suites read generated files; making them takes no time when they are up to date.
  const isChosen = ({ name }) => names.length === 0 || name === 'generate' || names.includes(name);
  const width = Math.max(...steps.map(({ name }) => name.length));
  const started = performance.now();
  const results = [];
  for (const step of preparation.filter(isChosen)) {
    results.push(await run(step, width));
  }
  offerPackage(results);
  const inRows = await Promise.all(rows.map((row) => runRow(row.filter(isChosen), width)));
  results.push(...inRows.flat());
  printSummary(results, (performance.now() - started) / 1000);
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}

async function runRow(row, width) {
  const results = [];
  for (const step of row) {
    results.push(await run(step, width));
  }
  return results;
}

async function run(step, width) {
  console.log(`${step.name.padEnd(width)} ──`);
  const output = markedLines(step.name.padEnd(width), process.stdout);
  const result = await runStep(step, { output });
  output.end();
  return result;
}

/** Later steps take the package that was tested: to make it again would change files while others read them. */
function offerPackage(results) {
  const isTested = results.some(({ name, passed }) => name === 'packaging' && passed > 0);
  if (isTested && fs.existsSync(packageFile)) {
    process.env.TOKENSCOPE_VSIX ??= packageFile;
  }
}
