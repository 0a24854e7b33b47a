// What `npm test` runs.

/**
 * One step. A check counts as one test; a suite reports its own counts through scripts/test/countingReporter.cjs.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {'check' | 'suite'} kind
 * @property {string[]} command Parameters of Node.
 */

const bin = (file) => `node_modules/${file}`;

/** Mocha in plain Node; .mocharc.mjs has it read TypeScript. */
export const mochaCommand = (pattern) => [
  bin('mocha/bin/mocha.js'),
  '--reporter',
  './scripts/test/countingReporter.cjs',
  pattern,
];

const check = (name, command) => ({ name, kind: 'check', command });
const suite = (name, command) => ({ name, kind: 'suite', command });

/** These come first, one after the other: the others stand on them. The last makes the package that end-to-end tests install. */
export const preparation = [
  check('generate', ['scripts/generate.mjs']),
  check('build', ['scripts/build.mjs']),
  suite('packaging', mochaCommand('test/packaging/**/*.test.ts')),
];

/**
 * Then these rows of steps beside each other: one mostly computes, while the other mostly waits for windows of VS Code. No step of one row touches what a
 * step of the other reads.
 */
export const rows = [
  [
    check('typecheck', [bin('typescript/bin/tsc'), '-b']),
    check('format', [bin('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn']),
    suite('unit', mochaCommand('test/unit/**/*.test.ts')),
    suite('model', mochaCommand('test/model/**/*.test.ts')),
    suite('webview', mochaCommand('test/webview/**/*.test.ts')),
    check('lint', ['scripts/lint.mjs']),
    // VS Code's Node, which it runs in, is installed by the other row before that has come this far.
    suite('relaxedSimd', ['scripts/test/relaxedSimd.mjs']),
  ],
  [suite('integration', ['test/integration/run.mjs']), suite('e2e', ['test/e2e/run.mjs'])],
];

/** @type {readonly Step[]} */
export const steps = [...preparation, ...rows.flat()];
