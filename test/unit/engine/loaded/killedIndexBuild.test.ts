import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';
import { safetensorsBytes } from '../../../fixtures/checkpoints/safetensorsBytes';
import { SeededRandom } from '../../../fixtures/checkpoints/seededRandom';
import { useTemporaryFolder } from '../../../fixtures/checkpoints/temporaryFolder';
import { BruteForce, ORACLE_METRICS } from '../../embedding/bruteForce';
import { gaussianMatrix, rowOf } from '../../embedding/testMatrix';

/** How often the program is killed. */
const KILLS = 4;

/** How often it is looked whether an index is being written, before it is killed anyway. */
const MAX_LOOKS = 20_000;

describe('an index build that is killed', () => {
  const inFolder = useTemporaryFolder();

  it('has its leftovers removed by a load long after, though that finds an index and writes nothing', async () => {
    const matrix = gaussianMatrix(200, 16, 7);
    const file = inFolder('small.safetensors');
    const bytes = new Uint8Array(matrix.values.buffer);
    await fs.writeFile(
      file,
      safetensorsBytes([{ name: 'wte.weight', dtype: 'F32', shape: [200, 16], bytes }]),
    );
    const cacheFolder = inFolder('small-cache');
    const namesThat = async (isWanted: (names: readonly string[]) => boolean): Promise<readonly string[]> => {
      for (;;) {
        const names = await fs.readdir(cacheFolder).catch(() => []);
        if (isWanted(names)) {
          return names;
        }
        await wait(5);
      }
    };
    const engine = new InProcessEngine();
    await engine.load({ kind: 'file', path: file }, { cacheFolder });
    const [index = ''] = await namesThat(
      (names) => names.length === 1 && names[0]?.endsWith('.index') === true,
    );
    await engine.release();
    const [old, fresh] = [`${index}.old.tmp`, `${index}.fresh.tmp`];
    await fs.writeFile(path.join(cacheFolder, old), 'a part');
    await fs.writeFile(path.join(cacheFolder, fresh), 'a part that another window may be writing');
    const twoHoursAgo = Date.now() / 1000 - 2 * 60 * 60;
    await fs.utimes(path.join(cacheFolder, old), twoHoursAgo, twoHoursAgo);
    await engine.load({ kind: 'file', path: file }, { cacheFolder });
    const left = await namesThat((names) => !names.includes(old));
    assert.deepEqual([...left].sort(), [index, fresh]);
    await engine.release();
  });

  it(`leaves nothing behind that does harm, at ${KILLS} random moments`, async () => {
    const matrix = gaussianMatrix(20_000, 128, 7);
    const file = inFolder('model.safetensors');
    const bytes = new Uint8Array(matrix.values.buffer);
    const tensor = { name: 'wte.weight', dtype: 'F32', shape: [20_000, 128], bytes };
    await fs.writeFile(file, safetensorsBytes([tensor]));
    const cacheFolder = inFolder('cache');
    const oracle = new BruteForce(matrix);
    const expected = ORACLE_METRICS.map((metric) => {
      const scores = oracle.scores(rowOf(matrix, 123), metric);
      return oracle
        .ranking(scores, metric)
        .ids.slice(0, 20)
        .map((id) => ({ id, score: scores[id] }));
    });
    const random = new SeededRandom(8);
    let found = { whole: 0, part: 0, nothing: 0 };
    for (let kill = 0; kill < KILLS; kill++) {
      await killAfter(random.uniform() * 150, kill % 2 === 1, file, cacheFolder);
      const names = await fs.readdir(cacheFolder).catch(() => []);
      found = {
        whole: found.whole + (names.some((name) => name.endsWith('.index')) ? 1 : 0),
        part: found.part + (names.some((name) => name.endsWith('.tmp')) ? 1 : 0),
        nothing: found.nothing + (names.length === 0 ? 1 : 0),
      };
      const engine = new InProcessEngine();
      await engine.load({ kind: 'file', path: file }, { cacheFolder });
      for (const [index, metric] of ORACLE_METRICS.entries()) {
        const { neighbors } = await engine.ask('neighbors', {
          query: { terms: [{ weight: 1, id: 123 }] },
          metric,
          k: 20,
        });
        assert.deepEqual(
          neighbors.map(({ id, score }) => ({ id, score })),
          expected[index],
        );
      }
      // The kept index is whole soon, whatever was there before: this ends only when it is.
      const kept = async (): Promise<number> =>
        (await fs.readdir(cacheFolder).catch(() => [])).filter((name) => name.endsWith('.index')).length;
      while ((await kept()) !== 1) {
        await wait(5);
      }
      await engine.release();
    }
    console.log(
      `      after a kill: ${found.whole} times an index, ${found.part} times a part of one, ${found.nothing} times nothing`,
    );
  });
});

/** Starts the program, and kills it some time after its first index was kept; or, every other time, while it writes one. */
async function killAfter(
  milliseconds: number,
  isWriting: boolean,
  file: string,
  cacheFolder: string,
): Promise<void> {
  const program = path.join(__dirname, 'buildIndexForever.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, file, cacheFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [kept] = (await Promise.race([once(child.stdout, 'data'), exited])) as [unknown];
  assert.equal(String(kept).trim(), 'kept');
  await wait(milliseconds);
  for (let look = 0; isWriting && look < MAX_LOOKS; look++) {
    const names = await fs.readdir(cacheFolder).catch(() => []);
    if (names.some((name) => name.endsWith('.tmp'))) {
      break;
    }
  }
  child.kill('SIGKILL');
  assert.deepEqual(await exited, [null, 'SIGKILL']);
}
