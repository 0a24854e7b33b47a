import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { cacheFiles, removeStale } from '../../../../../src/engine/loaded/cache/cacheFolder';
import type { GraphProgress } from '../../../../../src/engine/questions/graphProgress';
import {
  buildNeighborGraph,
  type BuildGraphOptions,
} from '../../../../../src/engine/loaded/graph/buildNeighborGraph';
import { openNeighborGraph } from '../../../../../src/engine/loaded/graph/neighborGraph';
import {
  turnFile,
  waitForTurn,
  type GraphTurn,
  type TurnOptions,
} from '../../../../../src/engine/loaded/graph/graphTurn';
import { useBundledProgram } from '../../../../fixtures/bundledProgram';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { until } from '../../../../fixtures/until';
import { sourceOf } from '../../../../unit/embedding/indexedMatrix';
import { expectSearchResults } from '../../../../unit/graph/expectSearchResults';
import { clumpedMatrix, identityOf, MANY_TILES } from './graphSources';

const QUICK = { pollMilliseconds: 2, silentLooks: 5, writeMilliseconds: 0 };
/** Looks that no test makes. */
const PATIENT = { ...QUICK, silentLooks: 1e9 };
const never = (): Promise<boolean> => Promise.resolve(false);

async function isThere(file: string): Promise<boolean> {
  return fs.stat(file).then(
    () => true,
    () => false,
  );
}

describe('The turn at a neighbor graph', () => {
  const inFolder = useTemporaryFolder();
  const graph = (): string => cacheFiles(inFolder(), identityOf(clumpedMatrix(40, 4))).graph;
  const take = async (options: Partial<TurnOptions> = {}): Promise<GraphTurn> => {
    const turn = await waitForTurn(graph(), { isDone: never, tuning: QUICK, ...options });
    assert.ok(turn);
    return turn;
  };
  /** What a holder would have written. */
  const plant = async (text: string): Promise<void> => fs.writeFile(turnFile(graph()), text);

  it('is had by one at a time, and leaves nothing behind', async () => {
    let holders = 0;
    let turns = 0;
    const work = async (): Promise<void> => {
      for (let time = 0; time < 5; time++) {
        const turn = await take({ tuning: PATIENT });
        assert.equal(++holders, 1);
        turn.note({ fraction: 0.5 });
        await delay(1);
        turns++;
        holders--;
        await turn.end();
      }
    };
    await Promise.all(Array.from({ length: 6 }, work));
    assert.equal(turns, 30);
    assert.deepEqual(await fs.readdir(inFolder()), []);
  });

  it('tells those who wait how far the work is, and ends with them once it is done', async () => {
    const turn = await take();
    const told: GraphProgress[] = [];
    let isDone = false;
    const waiting = waitForTurn(graph(), {
      isDone: () => Promise.resolve(isDone),
      onProgress: (progress) => told.push(progress),
      tuning: PATIENT,
    });
    for (const progress of [{ fraction: 0.25 }, { fraction: 0.5, secondsLeft: 12 }]) {
      turn.note(progress);
      await until(
        () => told.at(-1)?.fraction,
        (fraction) => fraction === progress.fraction,
        'the progress of the holder',
      );
      assert.deepEqual(told.at(-1), progress);
    }
    isDone = true;
    assert.equal(await waiting, undefined);
    await turn.end();
  });

  it('is not had where the holder finishes between the look at the work and the taking of its turn', async () => {
    const holder = await take();
    const finished: boolean[] = [];
    const finish = async (): Promise<boolean> => {
      const isDone = finished.length > 0;
      finished.push(true);
      await holder.end();
      return isDone;
    };
    assert.equal(await waitForTurn(graph(), { isDone: finish, tuning: PATIENT }), undefined);
    assert.deepEqual(await fs.readdir(inFolder()), []);
    const error = new Error('the disk is gone');
    let looks = 0;
    const isDone = (): Promise<boolean> => (++looks === 1 ? Promise.resolve(false) : Promise.reject(error));
    await assert.rejects(take({ isDone }), error);
    assert.deepEqual(await fs.readdir(inFolder()), []);
  });

  it('stays with a holder whose work advances, and passes on from one who is silent', async () => {
    const turn = await take();
    let looks = 0;
    let hasTaken = false;
    const next = take({
      isDone: () => {
        looks++;
        return Promise.resolve(false);
      },
      // A busy machine may let many looks pass between two steps of the work.
      tuning: { ...QUICK, pollMilliseconds: 20, silentLooks: 20 },
    }).then((taken) => {
      hasTaken = true;
      return taken;
    });
    for (let step = 1; looks < 60; step++) {
      turn.note({ fraction: 1 - 1 / (step + 1) });
      await delay(5);
    }
    assert.equal(hasTaken, false);
    const taken = await next;
    // The one who lost it does not take the other's away.
    await turn.end();
    assert.ok(await isThere(turnFile(graph())));
    await taken.end();
    assert.equal(await isThere(turnFile(graph())), false);
  });

  it('passes on at once from a process that has ended, of this computer only', async () => {
    const ended = spawnSync(process.execPath, ['-e', '']).pid;
    await plant(JSON.stringify({ pid: ended, host: os.hostname() }));
    await (await take({ tuning: { ...PATIENT, pollMilliseconds: 1e6 } })).end();
    const looks: number[] = [];
    await plant(JSON.stringify({ pid: ended, host: `${os.hostname()}-other` }));
    const isDone = (): Promise<boolean> => Promise.resolve(looks.push(1) < 0);
    await (await take({ isDone })).end();
    assert.ok(looks.length > QUICK.silentLooks);
  });

  it('is seen to be lost in a worker thread too', async () => {
    const ended = spawnSync(process.execPath, ['-e', '']).pid;
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       try { process.kill(${ended}, 0); parentPort.postMessage('there'); } catch ({ code }) { parentPort.postMessage(code); }`,
      { eval: true },
    );
    assert.deepEqual(await once(worker, 'message'), ['ESRCH']);
    await worker.terminate();
  });

  it('passes on from whatever lies in its place', async () => {
    const own = { pid: process.pid, host: os.hostname() };
    for (const text of [
      '',
      'null',
      '[]',
      '{',
      '\0'.repeat(4096),
      'x'.repeat(1e6),
      JSON.stringify({ ...own, fraction: 0.5 }),
      JSON.stringify({ ...own, fraction: 0.5, secondsLeft: 8 }).replace('8}', '1e999}'),
      JSON.stringify({ ...own, fraction: 7, secondsLeft: 'soon' }),
      JSON.stringify({ host: os.hostname(), pid: -1 }),
      JSON.stringify({ host: os.hostname(), pid: '1' }),
      JSON.stringify({ host: os.hostname(), pid: 1e300 }),
    ]) {
      await plant(text);
      const told: GraphProgress[] = [];
      await (await take({ onProgress: (progress) => told.push(progress) })).end();
      assert.ok(told.every(({ fraction, secondsLeft }) => fraction === 0.5 && secondsLeft === undefined));
      assert.deepEqual(await fs.readdir(inFolder()), []);
    }
  });

  it('is not waited for where no file can be made', async () => {
    // A folder in the file's place, and a file in the folder's.
    await fs.mkdir(turnFile(graph()));
    const turn = await take();
    turn.note({ fraction: 0.5 });
    await turn.end();
    const file = inFolder('file');
    await fs.writeFile(file, '');
    const other = await waitForTurn(path.join(file, 'some.graph'), {
      isDone: never,
      tuning: { ...PATIENT, pollMilliseconds: 1e6 },
    });
    assert.ok(other);
    await other.end();
  });

  it('is given up by who waits with the reason of the signal, at once', async () => {
    const turn = await take();
    const abort = new AbortController();
    const reason = new Error('enough');
    const waiting = take({ signal: abort.signal, tuning: { ...PATIENT, pollMilliseconds: 1e6 } });
    setTimeout(() => {
      abort.abort(reason);
    }, 20);
    await assert.rejects(waiting, reason);
    await assert.rejects(take({ signal: abort.signal }), reason);
    assert.ok(await isThere(turnFile(graph())));
    await turn.end();
  });

  it('is cleared away with the leftovers of the folder, but not while somebody works', async () => {
    await plant('left over');
    await removeStale(inFolder());
    assert.ok(await isThere(turnFile(graph())));
    await removeStale(inFolder(), [], { now: Date.now() + 2 * 60 * 60 * 1000 });
    assert.equal(await isThere(turnFile(graph())), false);
  });
});

describe('Two processes that want the same neighbor graph', () => {
  const inFolder = useTemporaryFolder();
  const program = useBundledProgram('test/model/engine/loaded/graph/graphProgram.ts', 'esm');
  const matrix = clumpedMatrix(900, 24);
  const files = () => cacheFiles(inFolder(), identityOf(matrix));
  let holder: ChildProcess;
  let closed: Promise<unknown[]>;

  beforeEach(async () => {
    holder = spawn(process.execPath, [program(), inFolder(), '900', '24', turnFile(files().graph)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    closed = once(holder, 'close');
    let output = '';
    holder.stdout?.on('data', (chunk) => (output += String(chunk)));
    await until(
      () => output,
      (text) => text.includes('held'),
      'a process that is held at its work',
    );
    assert.equal(output.includes('built'), false);
  });

  afterEach(async () => {
    holder.kill('SIGKILL');
    await closed;
  });

  const goOn = (): void => void holder.stdin?.end('go on');

  /** Waits for the turn of the process that is held, until it was looked at some times. */
  function begin(options: Partial<BuildGraphOptions> = {}) {
    let told = 0;
    let reads = 0;
    const source = sourceOf(matrix);
    const building = buildNeighborGraph({
      source: {
        ...source,
        readRows: (...parameters) => {
          reads++;
          return source.readRows(...parameters);
        },
      },
      identity: identityOf(matrix),
      cacheFolder: inFolder(),
      tuning: MANY_TILES,
      turnTuning: PATIENT,
      onProgress: () => told++,
      ...options,
    });
    return { building, reads: () => reads, told: () => told };
  }

  async function expectBuilt(): Promise<void> {
    const graph = await openNeighborGraph(inFolder(), identityOf(matrix));
    assert.ok(graph);
    expectSearchResults(matrix, graph, 5);
    await graph.close();
    assert.deepEqual(await fs.readdir(inFolder()), [path.basename(files().graph)]);
  }

  it('compute it once: the second shows the progress of the first, and takes its graph', async () => {
    const { building, reads, told } = begin();
    await until(told, (count) => count > 3, 'progress from the file');
    goOn();
    await building;
    assert.equal(reads(), 0);
    assert.deepEqual(await closed, [0, null]);
    await expectBuilt();
  });

  it('both end when the first is killed: the second goes on with what it kept', async () => {
    const { building, reads, told } = begin();
    await until(told, (count) => count > 3, 'progress from the file');
    assert.equal(reads(), 0);
    holder.kill('SIGKILL');
    await building;
    assert.ok(reads() > 0);
    assert.deepEqual(await closed, [null, 'SIGKILL']);
    await fs.rm(files().graphPart, { force: true });
    await removeStale(inFolder(), [files().graph], { now: Date.now() + 2 * 60 * 60 * 1000 });
    await expectBuilt();
  });

  it('do not wait for one that was stopped, and are both right when it wakes up', async () => {
    const { building, reads } = begin({ turnTuning: QUICK });
    await building;
    assert.ok(reads() > 0);
    goOn();
    assert.deepEqual(await closed, [0, null]);
    await expectBuilt();
  });

  it('leave a waiting one free to be canceled', async () => {
    const abort = new AbortController();
    const { building, told } = begin({ signal: abort.signal });
    await until(told, (count) => count > 0, 'progress from the file');
    abort.abort(new Error('not any more'));
    await assert.rejects(building, /not any more/);
    goOn();
    assert.deepEqual(await closed, [0, null]);
    await expectBuilt();
  });
});
