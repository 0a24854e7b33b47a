import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import { runStep, type StepResult } from '../../../scripts/test/runStep.mjs';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';

const projectFolder = process.cwd();

/** So long that no machine lets a talking program wait as long for its turn, and short enough to wait for. */
const LIMIT_MS = 3_000;

/** A program that starts is silent, but computes. Where that is not known, it gets more time. */
const STILL = { stillMs: LIMIT_MS, silentMs: process.platform === 'linux' ? 1e9 : 5 * LIMIT_MS };

describe('a step of the test run', () => {
  const inFolder = useTemporaryFolder();

  async function run(
    kind: 'check' | 'suite',
    command: readonly string[],
    limits = STILL,
  ): Promise<StepResult & { output: string }> {
    let output = '';
    const result = await runStep(
      { name: 'tried', kind, command },
      {
        silence: { ...limits, lookMs: 100 },
        countsFolder: inFolder(),
        output: { write: (text) => (output += Buffer.from(text).toString()) },
      },
    );
    return { ...result, output };
  }

  const program = (source: string): ReturnType<typeof run> => run('check', ['-e', source]);

  it('passes that talks for longer than it may be silent, and its words are printed', async () => {
    const { passed, failures, output } = await program(`
      let words = 0;
      const talking = setInterval(() => {
        console.log('still here');
        if (++words === 12) clearInterval(talking);
      }, ${LIMIT_MS / 10});`);
    assert.deepEqual(failures, []);
    assert.equal(passed, 1);
    assert.equal(output, 'still here\n'.repeat(12));
  });

  it('is ended when it falls silent, with all that it has started, and the summary says so', async () => {
    const { passed, failed, failures, output } = await program(`
      const { spawn } = require('node:child_process');
      const server = "require('node:net').createServer().listen(0, function () { console.log(this.address().port); });";
      spawn(process.execPath, ['-e', server], { stdio: 'inherit' });
      setInterval(() => {}, 1e6);`);
    assert.deepEqual([passed, failed], [0, 1]);
    assert.match(failures[0] ?? '', /^hung and was ended: not a word for \d+ s/);
    const client = net.connect(Number(output));
    await assert.rejects(once(client, 'connect'), { code: 'ECONNREFUSED' });
  });

  it('is ended when it works without an end and without a word', async () => {
    const { failures } = await run('check', ['-e', 'for (;;);'], { stillMs: 1e9, silentMs: 1_000 });
    assert.deepEqual(failures, ['hung and was ended: not a word for 1 s, though its processes computed']);
  });

  it('names the test that was running when it fell silent', async () => {
    await fs.writeFile(
      inFolder('hangs.test.cjs'),
      `describe('a suite', () => {
        it('ends', () => {});
        it('waits for what never comes', (done) => { setTimeout(done, 1e9); });
      });`,
    );
    const { passed, failures } = await run('suite', [
      `${projectFolder}/node_modules/mocha/bin/mocha.js`,
      ...[
        '--no-config',
        '--timeout',
        '0',
        '--reporter',
        `${projectFolder}/scripts/test/countingReporter.cjs`,
      ],
      inFolder('hangs.test.cjs'),
    ]);
    assert.equal(passed, 0);
    assert.match(
      failures[0] ?? '',
      /^hung .*; the last that was heard: began a suite waits for what never comes$/,
    );
  });
});
