import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { startBusyLoops } from '../../../scripts/test/busyLoops.mjs';
import { until } from '../../fixtures/until';

const MODULE = JSON.stringify(pathToFileURL('scripts/test/busyLoops.mjs').href);

/** A program with two busy loops that does something when they run. */
async function busyProgram(then: string): Promise<ChildProcess> {
  const source = `
    import { startBusyLoops } from ${MODULE};
    await startBusyLoops(2);
    process.stdout.write('busy');
    ${then}`;
  const program = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  assert.ok(program.stdout);
  await once(program.stdout, 'data');
  return program;
}

describe('busy loops', () => {
  it('use the processors until they are stopped', async () => {
    const used = (): number => process.cpuUsage().user / 1000;
    const stop = await startBusyLoops(1);
    const before = used();
    try {
      // This thread sleeps meanwhile.
      await until(used, (milliseconds) => milliseconds > before + 1_000, 'a second of processor time');
    } finally {
      await stop();
    }
  });

  it('end with a program that crashes', async () => {
    const program = await busyProgram(`throw new Error('crash');`);
    assert.deepEqual(await once(program, 'exit'), [1, null]);
  });

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`end with a program that ${signal} ends`, async () => {
      const program = await busyProgram('');
      program.kill(signal);
      assert.deepEqual(await once(program, 'exit'), [null, signal]);
    });
  }
});
