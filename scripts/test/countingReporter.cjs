// Mocha's spec reporter that also writes the counts as JSON to the file in the environment variable TOKENSCOPE_TEST_COUNTS.
// Serves plain Node and VS Code's extension host.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');

const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING, EVENT_RUN_END } = Mocha.Runner.constants;

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
    // Written at the end only: a run that is cut short leaves no counts, and that is a failure of its own.
    runner.once(EVENT_RUN_END, () => {
      const file = process.env.TOKENSCOPE_TEST_COUNTS;
      if (file) {
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, JSON.stringify(counts));
      }
    });
  }
};
