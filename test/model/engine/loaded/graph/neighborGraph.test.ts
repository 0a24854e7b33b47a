import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { CheckpointError } from '../../../../../src/core/safetensors/checkpointError';
import { cacheFiles } from '../../../../../src/engine/loaded/cache/cacheFolder';
import type { GraphProgress } from '../../../../../src/engine/questions/graphProgress';
import {
  buildNeighborGraph,
  graphThreads,
  type BuildGraphOptions,
} from '../../../../../src/engine/loaded/graph/buildNeighborGraph';
import { openNeighborGraph } from '../../../../../src/engine/loaded/graph/neighborGraph';
import { startNodeWorker } from '../../../../../src/engine/thread/nodeWorker';
import type { WorkerPort } from '../../../../../src/engine/workerPort';
import { useBundledProgram } from '../../../../fixtures/bundledProgram';
import { SeededRandom } from '../../../../fixtures/checkpoints/seededRandom';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { sourceOf } from '../../../../unit/embedding/indexedMatrix';
import type { TestMatrix } from '../../../../unit/embedding/testMatrix';
import { expectSearchResults } from '../../../../unit/graph/expectSearchResults';
import { clumpedMatrix, identityOf, MANY_TILES } from './graphSources';

/** Looks up, reports and can be canceled after each pair of tiles. */
const EAGER = { ...MANY_TILES, sliceMilliseconds: 0, progressMilliseconds: 0 };

const matrix = clumpedMatrix(600, 20);
const identity = identityOf(matrix);

describe('Building the neighbor graph', () => {
  const inFolder = useTemporaryFolder();
  const program = useBundledProgram('test/model/engine/loaded/graph/graphProgram.ts', 'esm');
  const inSuiteFolder = useTemporaryFolder('suite');
  /** Bytes of the graph's file, built without interruption. */
  let uninterrupted: Buffer;

  before(async () => {
    await build({ cacheFolder: inSuiteFolder() });
    uninterrupted = await fs.readFile(cacheFiles(inSuiteFolder(), identity).graph);
  });

  const files = () => cacheFiles(inFolder(), identity);

  async function build(options: Partial<BuildGraphOptions> = {}): Promise<void> {
    await buildNeighborGraph({
      source: sourceOf(matrix),
      identity,
      cacheFolder: inFolder(),
      tuning: MANY_TILES,
      ...options,
    });
  }

  /** Builds until so many progresses were told, and cancels then. @returns Whether it was canceled before its end. */
  async function buildAndCancel(
    progressCount: number,
    options: Partial<BuildGraphOptions> = {},
  ): Promise<boolean> {
    const controller = new AbortController();
    const reason = new Error('canceled by the test');
    let count = 0;
    const building = build({
      tuning: { ...EAGER, saveMilliseconds: 1e6 },
      signal: controller.signal,
      ...options,
      onProgress: () => {
        if (++count === progressCount) {
          controller.abort(reason);
        }
      },
    });
    try {
      await building;
      return false;
    } catch (error) {
      assert.equal(error, reason);
      return true;
    }
  }

  async function expectUninterrupted(): Promise<void> {
    assert.ok((await fs.readFile(files().graph)).equals(uninterrupted));
    assert.deepEqual(await fs.readdir(inFolder()), [path.basename(files().graph)]);
  }

  async function expectSearched(searched: TestMatrix, step = 1): Promise<void> {
    const graph = await openNeighborGraph(inFolder(), identityOf(searched));
    assert.ok(graph);
    try {
      expectSearchResults(searched, graph, step);
    } finally {
      await graph.close();
    }
  }

  it('gives what searches answer', async () => {
    await build();
    await expectSearched(matrix);
    await expectUninterrupted();
  });

  it('gives the same with two and three threads', async () => {
    for (const threads of [2, 3]) {
      await fs.rm(files().graph, { force: true });
      await build({ threads, startThread: () => startNodeWorker(program()) });
      await expectUninterrupted();
    }
  });

  it('gives the same with threads that are interrupted again and again', async () => {
    let rounds = 0;
    // With threads progress is told by a clock: each round gets more of it, so that one comes in which the threads have started.
    while (
      await buildAndCancel(20 * (rounds + 1), {
        threads: 2,
        startThread: () => startNodeWorker(program()),
        tuning: { ...EAGER, progressMilliseconds: 5, saveMilliseconds: 20 },
      })
    ) {
      rounds++;
      assert.ok(rounds < 100);
    }
    await expectUninterrupted();
  });

  it('ends its threads, and says so, when one of them fails', async () => {
    let running = 0;
    const startThread = (): WorkerPort => {
      running++;
      const port = startNodeWorker(program());
      return running === 2
        ? {
            ...port,
            onExit: (listener) => {
              port.onExit((reason) => {
                running--;
                listener(reason);
              });
            },
            postMessage: (message) => {
              port.postMessage(message);
              void port.terminate();
            },
          }
        : {
            ...port,
            onExit: (listener) => {
              port.onExit((reason) => {
                running--;
                listener(reason);
              });
            },
          };
    };
    await assert.rejects(build({ threads: 2, startThread }), /thread of the neighbor graph has ended/);
    assert.equal(running, 0);
    await build();
    await expectUninterrupted();
  });

  it('goes on where it was canceled, after any number of tiles', async () => {
    const random = new SeededRandom(3);
    for (let round = 0; round < 4; round++) {
      await fs.rm(files().graph, { force: true });
      let cancels = 0;
      const most = 60 + random.uniform() * 200;
      while (await buildAndCancel(2 + Math.floor(random.uniform() * most))) {
        cancels++;
        assert.deepEqual(await fs.readdir(inFolder()), [path.basename(files().graphPart)]);
      }
      assert.ok(cancels > 0);
      await expectUninterrupted();
    }
  });

  it('begins with the share that is done already', async () => {
    assert.ok(await buildAndCancel(150));
    const told: GraphProgress[] = [];
    await build({ onProgress: (progress) => told.push(progress), tuning: EAGER });
    const fractions = told.map(({ fraction }) => fraction);
    assert.ok(fractions[0]! > 0.2 && fractions[0]! < 0.95, String(fractions[0]));
    assert.deepEqual(
      fractions,
      [...fractions].sort((a, b) => a - b),
    );
    assert.equal(fractions.at(-1), 1);
  });

  it('is right after it was killed several times', async () => {
    const large = clumpedMatrix(900, 24);
    const part = cacheFiles(inFolder(), identityOf(large)).graphPart;
    const random = new SeededRandom(5);
    let kept = 0;
    const kills = 6;
    for (let kill = 0; kill < kills; kill++) {
      // Each goes on where the last one was killed. By a clock, a fast machine would be done before the last; here the half is left.
      const share = (kill + random.uniform()) / (2 * kills);
      const child = spawn(process.execPath, [program(), inFolder(), '900', '24'], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      const closed = once(child, 'close');
      for await (const line of createInterface(child.stdout)) {
        if (Number(line) >= share) {
          child.kill('SIGKILL');
        }
      }
      assert.deepEqual(await closed, [null, 'SIGKILL'], 'it was killed before it was done');
      kept += Number(
        await fs.stat(part).then(
          () => true,
          () => false,
        ),
      );
    }
    assert.ok(kept > 0, 'something was kept at least once');
    let first: number | undefined;
    await buildNeighborGraph({
      source: sourceOf(large),
      identity: identityOf(large),
      cacheFolder: inFolder(),
      tuning: EAGER,
      onProgress: ({ fraction }) => (first ??= fraction),
    });
    assert.ok(first! > 0, 'it went on where the last one was killed');
    await expectSearched(large, 3);
  });

  it('begins anew where what is kept is damaged, or of another source', async () => {
    for (const damage of [
      (bytes: Buffer) => bytes.subarray(0, bytes.length - 5),
      (bytes: Buffer) => bytes.fill(0, 64, 80),
      (bytes: Buffer) => {
        bytes[bytes.length - 9]! ^= 1;
        return bytes;
      },
      () => Buffer.from('not a section file'),
    ]) {
      await fs.rm(files().graph, { force: true });
      assert.ok(await buildAndCancel(100));
      await fs.writeFile(files().graphPart, damage(await fs.readFile(files().graphPart)));
      let first: number | undefined;
      await build({ onProgress: ({ fraction }) => (first ??= fraction) });
      assert.equal(first, 0);
      await expectUninterrupted();
    }
    await fs.rm(files().graph);
    // The same path, size and shape, changed a millisecond later.
    assert.ok(await buildAndCancel(100));
    const changed = { ...identity, mtimeMs: identity.mtimeMs + 1 };
    let first: number | undefined;
    await build({ identity: changed, onProgress: ({ fraction }) => (first ??= fraction) });
    assert.equal(first, 0);
    assert.equal(await openNeighborGraph(inFolder(), identity), undefined);
  });

  it('has nothing to do where the graph is there, and builds it anew where it is damaged', async () => {
    await build();
    const before = await fs.stat(files().graph);
    await build({
      source: {
        ...sourceOf(matrix),
        readRows: () => assert.fail('nothing is read'),
      },
    });
    assert.equal((await fs.stat(files().graph)).ino, before.ino);
    const bytes = await fs.readFile(files().graph);
    bytes[bytes.length - 100]! ^= 1;
    await fs.writeFile(files().graph, bytes);
    assert.equal(await openNeighborGraph(inFolder(), identity), undefined);
    await build();
    await expectUninterrupted();
  });

  it('ends soon, and leaves nothing behind, where another window has completed the graph meanwhile', async () => {
    await build();
    const complete = await fs.readFile(files().graph);
    await fs.rm(files().graph);
    const told: GraphProgress[] = [];
    await build({
      tuning: { ...EAGER, saveMilliseconds: 1 },
      onProgress: (progress) => {
        told.push(progress);
        if (told.length === 3) {
          writeFileSync(files().graph, complete);
        }
      },
    });
    const { fraction } = told.at(-2) ?? { fraction: 1 };
    assert.ok(fraction < 0.9, `${fraction} was done before it was looked`);
    assert.equal(told.at(-1)?.fraction, 1);
    await expectUninterrupted();
  });

  it('passes on that rows cannot be read, keeps what is done, and refuses a file that has changed', async () => {
    const source = sourceOf(matrix);
    const gone = new CheckpointError('unreadable', '/models/test.safetensors', 'the disk is gone.');
    const copyRows = (): void => {
      throw gone;
    };
    await assert.rejects(build({ source: { ...source, copyRows } }), gone);
    await assert.rejects(
      build({ source: { ...source, isUnchanged: () => false } }),
      (error) => CheckpointError.is(error) && error.reason === 'unreadable',
    );
    await assert.rejects(fs.access(files().graph));
    await build();
    await expectUninterrupted();
  });

  it('lets other work have its turn between slices', async () => {
    let turns = 0;
    let isBuilt = false;
    const count = (): void => {
      turns++;
      if (!isBuilt) {
        setImmediate(count);
      }
    };
    setImmediate(count);
    await build({ tuning: EAGER });
    isBuilt = true;
    // 25 tiles make 325 pairs.
    assert.ok(turns >= 325, `${turns} turns`);
  });

  it('is refused for a size that would take hours, before anything is read', async () => {
    const source = sourceOf({ rowCount: 262_144, dimension: 2_560, values: new Float32Array(0) });
    await assert.rejects(
      build({ source: { ...source, readRows: () => assert.fail('nothing is read') } }),
      RangeError,
    );
  });

  it('leaves a core to the editor', () => {
    assert.deepEqual([1, 2, 3, 4, 8, 64].map(graphThreads), [1, 1, 2, 3, 4, 4]);
  });
});

describe('An open neighbor graph', () => {
  const inFolder = useTemporaryFolder();

  it('gives no list for ids outside of the vocabulary, nor once it is closed', async () => {
    await buildNeighborGraph({ source: sourceOf(matrix), identity, cacheFolder: inFolder() });
    const graph = await openNeighborGraph(inFolder(), identity);
    assert.ok(graph);
    for (const id of [-1, 0.5, 600, NaN, 2 ** 32]) {
      assert.equal(graph.listOf(id), undefined);
    }
    assert.equal(graph.listOf(4)?.ids.length, 32);
    await graph.close();
    assert.equal(graph.listOf(4), undefined);
  });
});
