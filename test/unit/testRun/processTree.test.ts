import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { processTreeTime } from '../../../scripts/test/processTree.mjs';
import { until } from '../../fixtures/until';

describe('the processor time of a tree of processes', () => {
  before(function () {
    if (process.platform !== 'linux') {
      this.skip(); // It is not known there, and everything counts as work.
    }
  });

  it('grows with the work of a process that another one has started, also in a group of its own', async () => {
    const source = `
      const { spawn } = require('node:child_process');
      const worker = spawn(process.execPath, ['-e', 'for (;;);'], { detached: true, stdio: 'ignore' });
      process.once('SIGTERM', () => worker.kill('SIGKILL') && process.exit());
      worker.once('spawn', () => process.stdout.end('started'));`;
    const parent = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      // The parent itself has nothing more to do when its output ends.
      for await (const text of parent.stdout) {
        assert.equal(String(text), 'started');
      }
      const time = (): number => processTreeTime(parent.pid ?? NaN) ?? NaN;
      const before = time();
      await until(time, (now) => now > before + 20, `more than ${before + 20} ticks`);
    } finally {
      parent.kill();
    }
  });

  it('is nothing for a process that is not there', () => {
    assert.equal(processTreeTime(2 ** 30), 0);
  });
});
