import assert from 'node:assert/strict';
import { CheckpointError } from '../../../../src/core/safetensors/checkpointError';
import type { GraphProgress } from '../../../../src/engine/questions/graphProgress';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import type { ToWorkerMessage } from '../../../../src/engine/thread/engineMessages';
import { WorkerEngine } from '../../../../src/engine/thread/workerEngine';
import type { WorkerPort } from '../../../../src/engine/workerPort';
import { arraysIn } from './arraysIn';
import { LocalWorker } from './localWorker';
import { MODEL, REQUEST, settle } from '../scriptedEngine';
import { ranking, SteppingEngine, VOCABULARY_SIZE } from '../steppingEngine';

const LOCATION = { kind: 'file', path: '/models/fake.safetensors' } as const;

function setUp(): { workers: LocalWorker[]; engines: SteppingEngine[]; engine: WorkerEngine } {
  const workers: LocalWorker[] = [];
  const engines: SteppingEngine[] = [];
  const engine = new WorkerEngine(() => {
    const served = new SteppingEngine();
    engines.push(served);
    const worker = new LocalWorker(served);
    workers.push(worker);
    return worker;
  });
  return { workers, engines, engine };
}

function isStopped(error: unknown): boolean {
  return (
    EngineUnavailableError.is(error) && error.reason === 'stopped' && error.message.includes('out of memory')
  );
}

function isNotLoaded(error: unknown): boolean {
  return EngineUnavailableError.is(error) && error.reason === 'not-loaded';
}

/** Every call but the load. */
const CALLS: ((engine: WorkerEngine, signal?: AbortSignal) => Promise<unknown>)[] = [
  (engine, signal) => engine.ask('neighbors', REQUEST, signal),
  (engine, signal) => engine.ask('neighborsOfMany', [REQUEST], signal),
  (engine, signal) => engine.ask('neighborsWithoutIndex', [REQUEST], signal),
  (engine, signal) => engine.ask('buildGraph', undefined, signal),
];

describe('WorkerEngine', () => {
  it('starts the worker at the first load, with all options, and answers as the engine in it does', async () => {
    const { workers, engines, engine } = setUp();
    for (const call of CALLS) {
      await assert.rejects(call(engine), isNotLoaded);
    }
    assert.equal(workers.length, 0);
    const steps: number[] = [];
    const options = {
      tensorName: 'wte',
      cacheFolder: '/cache',
      vectorsFolder: '/vectors',
      indexLater: true,
    };
    const identity = await engine.load(LOCATION, {
      ...options,
      onProgress: ({ rowsDone }) => steps.push(rowsDone),
    });
    assert.deepEqual(identity, MODEL);
    assert.deepEqual([steps[0], steps.at(-1)], [0, 10]);
    assert.deepEqual(engines[0]?.locations, [LOCATION]);
    const { signal, onProgress, onConversion, ...others } = engines[0].options[0] ?? assert.fail();
    assert.deepEqual(others, options);
    assert.ok(signal && onProgress && onConversion);

    const request = { ...REQUEST, metric: 'euclidean', projection: true, distribution: true } as const;
    const local = new SteppingEngine();
    await local.load(LOCATION);
    assert.deepEqual(await engine.ask('neighbors', request), await local.ask('neighbors', request));
    const other = { query: { terms: [{ weight: -0.5, id: 9 }] }, k: 40 };
    assert.deepEqual(
      await engine.ask('neighborsOfMany', [request, other]),
      await local.ask('neighborsOfMany', [request, other]),
    );
    assert.deepEqual(await engine.ask('neighborsWithoutIndex', [other, request]), [
      undefined,
      await local.ask('neighbors', request),
    ]);
    assert.deepEqual(await engine.ask('neighborsOfMany', []), []);
    await engine.load(LOCATION);
    assert.equal(workers.length, 1);
  });

  it('brings the ranking of all rows over unchanged, as memory that is handed over', async () => {
    const { workers, engine } = setUp();
    await engine.load(LOCATION);
    const request = { ...REQUEST, k: VOCABULARY_SIZE };
    const [whole, many] = await Promise.all([
      engine.ask('neighbors', request),
      engine.ask('neighborsOfMany', [request, REQUEST, request]),
    ]);
    for (const { neighbors } of [whole, ...many]) {
      assert.ok(neighbors.every(({ score, norm }) => Number.isFinite(score) && Number.isFinite(norm)));
      // Bit for bit, in order.
      assert.deepEqual(neighbors, ranking(2, neighbors.length));
    }
    assert.deepEqual(
      many.map(({ neighbors }) => neighbors.length),
      [VOCABULARY_SIZE, 3, VOCABULARY_SIZE],
    );
    // Three columns of each ranking.
    assert.deepEqual(
      arraysIn(workers[0]?.answers).map(({ byteLength }) => byteLength),
      new Array(4 * 3).fill(0),
    );
  });

  it('copies the bitmaps of the rows that are allowed, and only their own part of a buffer', async () => {
    const { engines, engine } = setUp();
    await engine.load(LOCATION);
    const shared = new Uint32Array(new SharedArrayBuffer(400), 40, 3).fill(5);
    const part = new Uint32Array(new ArrayBuffer(400), 40, 3).fill(7);
    await engine.ask('neighbors', { ...REQUEST, allowed: part });
    await engine.ask('neighborsOfMany', [
      { ...REQUEST, allowed: shared },
      REQUEST,
      { ...REQUEST, allowed: part },
    ]);
    await engine.ask('neighborsWithoutIndex', [{ ...REQUEST, allowed: part }]);
    assert.deepEqual([...part], [7, 7, 7]);
    const received = (engines[0]?.requests ?? []).map(({ allowed }) => allowed);
    assert.deepEqual(
      received.map((allowed) => allowed && [...allowed]),
      [[7, 7, 7], [5, 5, 5], undefined, [7, 7, 7], [7, 7, 7]],
    );
    assert.ok(received.every((allowed) => allowed === undefined || allowed.buffer.byteLength === 12));
  });

  it('keeps the class of every error across the messages', async () => {
    const { engines, engine } = setUp();
    await engine.load(LOCATION);
    const [served] = engines;
    assert.ok(served);
    const outside = { query: { terms: [{ weight: 1, id: VOCABULARY_SIZE }] }, k: 1 };
    for (const call of [
      engine.ask('neighbors', outside),
      engine.ask('neighborsOfMany', [REQUEST, outside]),
      engine.ask('neighborsWithoutIndex', [REQUEST, outside]),
    ]) {
      await assert.rejects(
        call,
        (error) => error instanceof RangeError && error.message.includes('50257 is outside the vocabulary'),
      );
    }
    served.failure = new CheckpointError('truncated', '/models/a b.safetensors', 'it ends: early.');
    await assert.rejects(engine.load(LOCATION), (error) => {
      assert.ok(error instanceof CheckpointError);
      assert.equal(error.reason, 'truncated');
      assert.equal(error.source, '/models/a b.safetensors');
      assert.equal(error.message, '/models/a b.safetensors: it ends: early.');
      return true;
    });
    served.failure = new EngineUnavailableError('changed', 'The file has changed.');
    await assert.rejects(
      engine.load(LOCATION),
      (error) => EngineUnavailableError.is(error) && error.reason === 'changed',
    );
    served.failure = new TypeError('a bug');
    await assert.rejects(engine.load(LOCATION), /a bug/);
    await assert.rejects(engine.ask('neighbors', REQUEST), isNotLoaded);
  });

  it('cancels at once for the caller, and stops the work in the worker by a message', async () => {
    const { workers, engines, engine } = setUp();
    const abort = new AbortController();
    const reason = new Error('not any more');
    const load = engine.load(LOCATION, { signal: abort.signal, onProgress: () => abort.abort(reason) });
    await assert.rejects(load, reason);
    // The load is at its step still when the message arrives, and takes no other.
    await settle();
    await settle();
    const served = engines[0] ?? assert.fail();
    const { steps } = served;
    await settle();
    assert.equal(served.steps, steps);
    await engine.load(LOCATION);
    assert.equal(workers.length, 1);
    assert.deepEqual(
      workers[0]?.received.map(({ kind }) => kind),
      ['call', 'cancel', 'call'],
    );
    for (const call of CALLS) {
      await assert.rejects(call(engine, AbortSignal.abort(reason)), reason);
    }
    assert.equal(workers[0].received.length, 3);
  });

  it('answers other calls while a graph is built, until that is canceled in the worker too', async () => {
    const { engines, engine } = setUp();
    await engine.load(LOCATION);
    const abort = new AbortController();
    const reason = new Error('not any more');
    const seen: GraphProgress[] = [];
    const build = assert.rejects(
      engine.ask('buildGraph', undefined, abort.signal, (progress) => seen.push(progress)),
      reason,
    );
    assert.equal((await engine.ask('neighbors', REQUEST)).neighbors.length, 3);
    assert.deepEqual(seen[0], { fraction: 0, secondsLeft: 100 });
    abort.abort(reason);
    await build;
    await settle();
    await settle();
    assert.equal(engines[0]?.buildEnded?.name, 'AbortError');
  });

  it('tells the progress of a graph now and then, and its end always', async () => {
    const { engine } = setUp();
    await engine.load(LOCATION);
    const clock = performance.now.bind(performance);
    let time = 0;
    // 10 ms go by from step to step: every other one is told.
    performance.now = () => (time += 10);
    try {
      const seen: number[] = [];
      await engine.ask('buildGraph', undefined, undefined, ({ fraction }) => seen.push(fraction));
      assert.deepEqual(
        seen,
        Array.from({ length: 51 }, (_, index) => (2 * index) / 100),
      );
    } finally {
      performance.now = clock;
    }
  });

  it('rejects what a dying worker leaves unanswered, and starts a new one for the next load', async () => {
    const { workers, engine } = setUp();
    await engine.load(LOCATION);
    const pending = Promise.allSettled([...CALLS.map((call) => call(engine)), engine.load(LOCATION)]);
    workers[0]?.die('out of memory');
    for (const result of await pending) {
      assert.ok(result.status === 'rejected' && isStopped(result.reason));
    }
    await assert.rejects(engine.ask('neighbors', REQUEST), isNotLoaded);
    await engine.load(LOCATION);
    assert.equal(workers.length, 2);
    assert.equal((await engine.ask('neighbors', REQUEST)).neighbors.length, 3);
    // A late report of the first worker's end does not touch the second.
    workers[0]?.die('out of memory');
    assert.equal((await engine.ask('neighbors', REQUEST)).neighbors.length, 3);
  });

  it('rejects a build of the graph in whose midst the worker dies', async () => {
    const { workers, engine } = setUp();
    await engine.load(LOCATION);
    const build = engine.ask('buildGraph', undefined, undefined, () => workers[0]?.die('out of memory'));
    await assert.rejects(build, isStopped);
  });

  it('ends the worker on release, rejecting what is pending, and can load again', async () => {
    const { workers, engine } = setUp();
    await engine.release();
    const pending = Promise.allSettled([engine.load(LOCATION)]);
    await engine.release();
    const [result] = await pending;
    assert.ok(result.status === 'rejected' && isNotLoaded(result.reason));
    assert.equal(workers[0]?.ended, true);
    await engine.load(LOCATION);
    assert.equal(workers.length, 2);
  });

  it('lets the worker end its work before it ends the worker, but not for long, and not where it is dead', async () => {
    const { workers, engine } = setUp();
    await engine.load(LOCATION);
    await engine.release();
    assert.deepEqual(
      [workers[0]?.received.at(-1)?.kind, workers[0]?.sent.at(-1)?.kind, workers[0]?.ended],
      ['end', 'ended', true],
    );
    const deaf: WorkerPort = {
      postMessage: () => undefined,
      onMessage: () => undefined,
      onExit: () => undefined,
      terminate: () => Promise.resolve(),
    };
    const impatient = new WorkerEngine(() => deaf, 1);
    const load = assert.rejects(impatient.load(LOCATION), isNotLoaded);
    await impatient.release();
    await load;
    let exit: (reason: string) => void = () => undefined;
    const dying = new WorkerEngine(() => ({
      ...deaf,
      onExit: (listener) => (exit = listener),
      postMessage: (message) => {
        if ((message as ToWorkerMessage).kind === 'end') {
          exit('out of memory');
        }
      },
    }));
    const lost = assert.rejects(dying.load(LOCATION), isNotLoaded);
    // Waits for the exit alone: the time limit is that of a user.
    await dying.release();
    await lost;
  });

  it('rejects a call that cannot be sent, and a worker that cannot be started', async () => {
    const { engine } = setUp();
    await engine.load(LOCATION);
    const uncloneable = { ...REQUEST, query: { terms: [{ weight: 1, id: 1, extra: () => undefined }] } };
    await assert.rejects(engine.ask('neighbors', uncloneable), { name: 'DataCloneError' });
    assert.equal((await engine.ask('neighbors', REQUEST)).neighbors.length, 3);
    const broken = new WorkerEngine(() => {
      throw new Error('no worker threads here');
    });
    await assert.rejects(broken.load(LOCATION), /no worker threads here/);
  });
});
