// What `npm test` runs, in this order.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * One step. A check counts as one test; a suite reports its own counts through scripts/test/countingReporter.cjs.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {'check' | 'suite'} kind
 * @property {string[]} command Parameters of Node.
 * @property {number} limitMs After this time the step is ended and has failed.
 */

const bin = (file) => `node_modules/${file}`;

/** Mocha in plain Node; .mocharc.json has it read TypeScript. */
export const mochaCommand = (pattern) => [
  bin('mocha/bin/mocha.js'),
  '--reporter',
  './scripts/test/countingReporter.cjs',
  pattern,
];

const check = (name, command, limitMs) => ({ name, kind: 'check', command, limitMs });
const suite = (name, command, limitMs) => ({ name, kind: 'suite', command, limitMs });

/** @type {readonly Step[]} */
export const steps = [
  check('generate', ['scripts/generate.mjs'], 3 * MINUTE),
  check('build', ['scripts/build.mjs'], 2 * MINUTE),
  check('typecheck', [bin('typescript/bin/tsc'), '-b'], 4 * MINUTE),
  check('lint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'], 4 * MINUTE),
  check('format', [bin('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn'], 2 * MINUTE),
  suite('unit', mochaCommand('test/unit/**/*.test.ts'), 4 * MINUTE),
  suite('model', mochaCommand('test/model/**/*.test.ts'), 4 * MINUTE),
  suite('webview', mochaCommand('test/webview/**/*.test.ts'), 5 * MINUTE),
  suite('packaging', mochaCommand('test/packaging/**/*.test.ts'), 4 * MINUTE),
  suite('integration', ['test/integration/run.mjs'], 9 * MINUTE),
  suite('e2e', ['test/e2e/run.mjs'], 14 * MINUTE),
];
