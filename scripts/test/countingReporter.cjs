// Mocha's spec reporter that also writes to files, for the test run: the counts as JSON to the file in the environment variable
// TOKENSCOPE_TEST_COUNTS, and beside it, in <file>.progress, what begins or ends. Serves plain Node and VS Code's extension host.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');

const {
  EVENT_HOOK_BEGIN,
  EVENT_HOOK_END,
  EVENT_TEST_BEGIN,
  EVENT_TEST_END,
  EVENT_TEST_PASS,
  EVENT_TEST_FAIL,
  EVENT_TEST_PENDING,
  EVENT_RUN_END,
} = Mocha.Runner.constants;

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
    runner.on(EVENT_TEST_PASS, () => counts.passed++);
    runner.on(EVENT_TEST_PENDING, () => counts.skipped++);
    runner.on(EVENT_TEST_FAIL, (test) => {
      counts.failed++;
      counts.failures.push(test.fullTitle());
    });
    const file = process.env.TOKENSCOPE_TEST_COUNTS;
    if (!file) {
      return;
    }
    fs.mkdirSync(path.dirname(file), { recursive: true });
    let events = 0;
    // The number makes a sign of life of a test that has the title of the one before.
    const tell = (what, test) =>
      fs.writeFileSync(`${file}.progress`, `${++events} ${what} ${test.fullTitle()}`);
    for (const event of [EVENT_TEST_BEGIN, EVENT_HOOK_BEGIN]) {
      runner.on(event, (test) => tell('began', test));
    }
    for (const event of [EVENT_TEST_END, EVENT_HOOK_END]) {
      runner.on(event, (test) => tell('ended', test));
    }
    // Written at the end only: a run that is cut short leaves no counts, and that is a failure of its own.
    runner.once(EVENT_RUN_END, () => fs.writeFileSync(file, JSON.stringify(counts)));
  }
};
