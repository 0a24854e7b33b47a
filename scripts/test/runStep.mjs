// Runs one step of the test run and counts what passed.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { STEP_SILENCE } from '../../test/limits.mjs';
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
 * @param {object} [options]
 * @param {import('./silenceWatch.mjs').SilenceLimits} [options.silence] After so much of it the step is ended and has failed.
 * @param {string} [options.countsFolder]
 * @param {{write: (text: Buffer) => unknown}} [options.output]
 * @returns {Promise<StepResult>}
 */
export async function runStep(
  step,
  { silence = STEP_SILENCE, countsFolder = path.join(projectFolder, 'out/test-counts'), output } = {},
) {
  const countsFile = path.join(countsFolder, `${step.name}.json`);
  const progressFile = `${countsFile}.progress`; // written by the reporter
  fs.rmSync(countsFile, { force: true });
  fs.rmSync(progressFile, { force: true });
  const start = performance.now();
  const end = await runNode(step.command, {
    cwd: projectFolder,
    silence,
    word: () => readIfThere(progressFile),
    env: { TOKENSCOPE_TEST_COUNTS: countsFile },
    ...(output && { output }),
  }).catch((error) => ({ code: null, error }));
  const seconds = (performance.now() - start) / 1000;
  const counts = step.kind === 'check' ? checkCounts(end) : suiteCounts(countsFile);
  const trouble = describeTrouble(end, counts, readIfThere(progressFile));
  if (trouble) {
    counts.failed += 1;
    counts.failures.push(trouble);
  }
  return { name: step.name, ...counts, seconds };
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
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
function describeTrouble(end, counts, progress) {
  if (end.error) {
    return `could not be started: ${end.error.message}`;
  }
  if (end.silence) {
    return describeSilence(end.silence, progress);
  }
  if (end.code !== 0 && counts.failed === 0) {
    return `ended with exit code ${end.code}`;
  }
  // A suite that lost its tests, or never came to its end, must not look like a success.
  return counts.passed + counts.failed === 0 ? 'ran no test' : undefined;
}

function describeSilence({ kind, seconds }, progress) {
  const work = kind === 'still' ? ', and none of its processes computed' : ', though its processes computed';
  const last = progress ? `; the last that was heard: ${progress.replace(/^\d+ /, '')}` : '';
  return `hung and was ended: not a word for ${seconds} s${work}${last}`;
}
