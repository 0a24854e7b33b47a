// Runs one step of the test run and counts what passed.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './runProcess.mjs';

const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * @typedef {object} StepResult
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures One line for each failure.
 * @property {number} seconds
 */

/**
 * Runs a step. Never rejects: what goes wrong is a failure in the result.
 *
 * @param {import('./steps.mjs').Step} step
 * @returns {Promise<StepResult>}
 */
export async function runStep(step) {
  const countsFile = path.join(projectFolder, 'out/test-counts', `${step.name}.json`);
  fs.rmSync(countsFile, { force: true });
  const start = performance.now();
  const end = await runNode(step.command, {
    cwd: projectFolder,
    limitMs: step.limitMs,
    env: { TOKENSCOPE_TEST_COUNTS: countsFile },
  }).catch((error) => ({ code: null, timedOut: false, error }));
  const seconds = (performance.now() - start) / 1000;
  const counts = step.kind === 'check' ? checkCounts(end) : suiteCounts(countsFile);
  const trouble = describeTrouble(end, step, counts);
  if (trouble) {
    counts.failed += 1;
    counts.failures.push(trouble);
  }
  return { name: step.name, ...counts, seconds };
}

function checkCounts(end) {
  return { passed: end.code === 0 ? 1 : 0, failed: 0, skipped: 0, failures: [] };
}

function suiteCounts(countsFile) {
  try {
    return JSON.parse(fs.readFileSync(countsFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, failures: [] };
  }
}

/** What is wrong with a step beyond its failed tests, if anything. */
function describeTrouble(end, step, counts) {
  if (end.error) {
    return `could not be started: ${end.error.message}`;
  }
  if (end.timedOut) {
    return `did not end within ${step.limitMs / 1000} s`;
  }
  if (end.code !== 0 && counts.failed === 0) {
    return `ended with exit code ${end.code}`;
  }
  // A suite that lost its tests, or never came to its end, must not look like a success.
  return counts.passed + counts.failed === 0 ? 'ran no test' : undefined;
}
