import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CheckpointError } from '../../../../src/core/safetensors/checkpointError';
import { EmbeddingSession } from '../../../../src/engine/session/embeddingSession';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';
import { startNodeWorker } from '../../../../src/engine/thread/nodeWorker';
import { WorkerEngine } from '../../../../src/engine/thread/workerEngine';
import type { ModelLocation } from '../../../../src/model/modelLocation';
import { useBundledProgram } from '../../../fixtures/bundledProgram';
import { ensurePlantedCheckpoint } from '../../../fixtures/checkpoints/plantedCheckpoint';
import { PLANTED } from '../../../fixtures/checkpoints/plantedNeighborhoods';
import { useTemporaryFolder } from '../../../fixtures/checkpoints/temporaryFolder';

describe('the engine in a worker thread, on a full-size checkpoint', () => {
  const workerFile = useBundledProgram('src/engine/thread/engineWorker.ts');
  const inFolder = useTemporaryFolder();
  let location: ModelLocation;
  let engine: WorkerEngine;

  before(async () => {
    location = { kind: 'folder', path: await ensurePlantedCheckpoint() };
  });

  beforeEach(() => {
    engine = new WorkerEngine(() => startNodeWorker(workerFile()));
  });

  afterEach(() => engine.release());

  it('finds the planted neighbors: ids, order and similarities', async () => {
    const model = await engine.load(location);
    assert.deepEqual([model.rowCount, model.dimension], [PLANTED.rowCount, PLANTED.dimension]);
    assert.deepEqual(model.warnings, []);
    for (const { id, neighbors, below } of Object.values(PLANTED.queries)) {
      const answer = await engine.ask('neighbors', {
        query: { terms: [{ weight: 1, id }] },
        k: neighbors.length + 1,
      });
      assert.deepEqual(
        answer.neighbors.slice(0, neighbors.length).map((neighbor) => neighbor.id),
        neighbors.map((neighbor) => neighbor.id),
      );
      neighbors.forEach(({ cosine }, i) => {
        assert.ok(Math.abs((answer.neighbors[i]?.score ?? NaN) - cosine) < 1e-6);
      });
      assert.ok((answer.neighbors.at(-1)?.score ?? NaN) < below);
      // "ana" is planted aside from the direction that all rows share, and so farther from the mean.
      const expected =
        id === PLANTED.pair.second.id ? PLANTED.pair.cosine * PLANTED.meanCosine : PLANTED.meanCosine;
      assert.ok(Math.abs((answer.averageScore ?? NaN) - expected) < 0.05);
    }
    const { terms, neighbors } = PLANTED.analogy;
    const answer = await engine.ask('neighbors', { query: { terms }, k: neighbors.length });
    answer.neighbors.forEach(({ id, score }, i) => {
      assert.equal(id, neighbors[i]?.id);
      assert.ok(Math.abs(score - (neighbors[i]?.cosine ?? NaN)) < 1e-6);
    });
  });

  it('ranks zero, tiny and huge rows properly, and ties exactly', async () => {
    await engine.load(location);
    const { neighbors } = await engine.ask('neighbors', {
      query: { terms: [{ weight: 1, id: PLANTED.scaledCopies.of }] },
      k: PLANTED.rowCount,
    });
    assert.equal(neighbors.length, PLANTED.rowCount);
    const byId = new Map(neighbors.map((neighbor) => [neighbor.id, neighbor]));
    assert.equal(byId.get(PLANTED.zeroRow.id)?.score, 0);
    assert.equal(byId.get(PLANTED.zeroRow.id)?.norm, 0);
    for (const { id, norm } of [PLANTED.tinyRow, PLANTED.hugeRow]) {
      assert.ok(Math.abs((byId.get(id)?.norm ?? NaN) / norm - 1) < 1e-6);
    }
    for (const { id } of PLANTED.scaledCopies.copies) {
      assert.equal(byId.get(id)?.score, 1);
    }
    for (const ids of PLANTED.equalRows) {
      assert.equal(new Set(ids.map((id) => byId.get(id)?.score)).size, 1);
    }
  });

  it('answers as the engine in this thread does, maps included', async () => {
    const local = new InProcessEngine();
    await Promise.all([engine.load(location), local.load(location)]);
    const request = {
      query: {
        terms: [
          { weight: 0.5, id: 3820 },
          { weight: 0.5, id: 2271 },
        ],
      },
      k: 200,
      projection: true,
    };
    const [a, b] = await Promise.all([engine.ask('neighbors', request), local.ask('neighbors', request)]);
    assert.deepEqual({ ...a, milliseconds: 0 }, { ...b, milliseconds: 0 });
    await local.release();
  });

  it('is canceled in the middle of a load, and loads afterwards', async () => {
    const abort = new AbortController();
    const reason = new Error('canceled here');
    let rows = 0;
    await assert.rejects(
      engine.load(location, {
        signal: abort.signal,
        onProgress: ({ rowsDone }) => {
          rows = rowsDone;
          abort.abort(reason);
        },
      }),
      reason,
    );
    assert.ok(rows < PLANTED.rowCount);
    await engine.load(location);
    assert.equal(
      (await engine.ask('neighbors', { query: { terms: [{ weight: 1, id: 5 }] }, k: 1 })).neighbors.length,
      1,
    );
  });

  it('keeps the errors of checkpoints', async () => {
    const broken = inFolder('broken.safetensors');
    await fs.writeFile(broken, 'no checkpoint at all');
    await assert.rejects(engine.load({ kind: 'file', path: broken }), (error) => {
      assert.ok(error instanceof CheckpointError);
      assert.equal(error.source, broken);
      assert.ok(error.message.startsWith(`${broken}: `));
      return true;
    });
    await assert.rejects(engine.load({ kind: 'file', path: inFolder('absent.safetensors') }), {
      name: 'CheckpointError',
      reason: 'not-found',
    });
  });

  it('rejects pending calls when the thread ends, and the session loads again', async () => {
    const threads: Worker[] = [];
    const session = new EmbeddingSession({
      engine: new WorkerEngine(() => {
        const thread = new Worker(workerFile());
        threads.push(thread);
        return {
          postMessage: (message) => {
            thread.postMessage(message);
          },
          onMessage: (listener) => thread.on('message', listener),
          onExit: (listener) =>
            thread.on('exit', (code) => {
              listener(`exit code ${code}`);
            }),
          terminate: async () => {
            await thread.terminate();
          },
        };
      }),
      locate: () => Promise.resolve({ location }),
    });
    try {
      const request = { query: { terms: [{ weight: 1, id: PLANTED.queries.mike.id }] }, k: 2 };
      await session.ask('neighbors', request);
      const search = session.ask('neighbors', request);
      await threads[0]?.terminate();
      assert.deepEqual(
        (await search).neighbors.map(({ id }) => id),
        [16073, 4995],
      );
      assert.equal(threads.length, 2);
    } finally {
      session.dispose();
    }
  });

  it('leaves nothing half written when it is released in the middle of writing', async () => {
    const cacheFolder = inFolder('cache');
    const endMilliseconds = 100_000;
    const temporaryFiles = async (): Promise<string[]> =>
      (await fs.readdir(cacheFolder).catch(() => [])).filter((name) => name.endsWith('.tmp'));
    engine = new WorkerEngine(() => startNodeWorker(workerFile()), endMilliseconds);
    await engine.load(location, { cacheFolder });
    // The index is written right after a question about centered rows.
    await engine.ask('neighbors', { query: { terms: [{ weight: 1, id: 0 }] }, metric: 'centered', k: 1 });
    while ((await temporaryFiles()).length === 0) {
      await nextTurn();
    }
    await engine.release();
    assert.deepEqual(await temporaryFiles(), []);

    engine = new WorkerEngine(() => startNodeWorker(workerFile()), endMilliseconds);
    await engine.load(location, { cacheFolder });
    const isBuilding = new Promise<void>((resolve, reject) => {
      engine.ask('buildGraph', undefined, undefined, () => resolve()).catch(reject);
    });
    await isBuilding;
    assert.ok(
      (await temporaryFiles()).some((name) => name.endsWith('.turn.tmp')),
      'it has its turn',
    );
    await engine.release();
    assert.deepEqual(await temporaryFiles(), []);
  });

  it('reports a worker file that is not there, and one that throws', async () => {
    const throwing = inFolder('throwing.js');
    await fs.writeFile(throwing, "throw new Error('broken bundle');");
    for (const [file, message] of [
      [inFolder('absent.js'), /Cannot find module/],
      [throwing, /stopped unexpectedly: broken bundle/],
    ] as const) {
      const failing = new WorkerEngine(() => startNodeWorker(file));
      await assert.rejects(
        failing.load(location),
        (error) =>
          EngineUnavailableError.is(error) && error.reason === 'stopped' && message.test(error.message),
      );
    }
  });
});
