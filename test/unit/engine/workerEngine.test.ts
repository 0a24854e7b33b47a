import assert from 'node:assert/strict';
import { CheckpointError } from '../../../src/core/safetensors/checkpointError';
import type { EmbeddingEngine } from '../../../src/engine/embeddingEngine';
import { EngineUnavailableError } from '../../../src/engine/engineErrors';
import type { FromWorkerMessage, ToWorkerMessage } from '../../../src/engine/engineMessages';
import { InProcessEngine } from '../../../src/engine/inProcessEngine';
import { serveEngine } from '../../../src/engine/serveEngine';
import { WorkerEngine } from '../../../src/engine/workerEngine';
import type { WorkerPort } from '../../../src/engine/workerPort';
import { FakeSource } from './fakeSource';

const LOCATION = { kind: 'file', path: '/models/fake.safetensors' } as const;
const REQUEST = { query: { terms: [{ weight: 1, id: 2 }] }, k: 3 };

/** A worker in this thread: messages are cloned and arrive as later tasks, as a thread's do. */
class LocalWorker implements WorkerPort {
  ended = false;
  readonly received: ToWorkerMessage[] = [];
  private toHost: (message: unknown) => void = () => undefined;
  private toWorker: (message: ToWorkerMessage) => void = () => undefined;
  private exit: (reason: string) => void = () => undefined;

  constructor(engine: EmbeddingEngine) {
    serveEngine(
      {
        postMessage: (message: FromWorkerMessage) => {
          this.deliver(message, (copy) => {
            this.toHost(copy);
          });
        },
        onMessage: (listener) => {
          this.toWorker = listener;
        },
      },
      engine,
    );
  }

  postMessage(message: unknown): void {
    this.deliver(message as ToWorkerMessage, (copy) => {
      this.received.push(copy);
      this.toWorker(copy);
    });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.toHost = listener;
  }

  onExit(listener: (reason: string) => void): void {
    this.exit = listener;
  }

  terminate(): Promise<void> {
    this.die('terminated');
    return Promise.resolve();
  }

  die(reason: string): void {
    this.ended = true;
    this.exit(reason);
  }

  private deliver<Message>(message: Message, receive: (copy: Message) => void): void {
    const copy = structuredClone(message);
    setImmediate(() => {
      if (!this.ended) {
        receive(copy);
      }
    });
  }
}

function setUp(source = new FakeSource(2000, 600)): {
  source: FakeSource;
  workers: LocalWorker[];
  engine: WorkerEngine;
} {
  const workers: LocalWorker[] = [];
  const engine = new WorkerEngine(() => {
    const worker = new LocalWorker(new InProcessEngine({ openSource: source.open }));
    workers.push(worker);
    return worker;
  });
  return { source, workers, engine };
}

function isStopped(error: unknown): boolean {
  return (
    EngineUnavailableError.is(error) && error.reason === 'stopped' && error.message.includes('out of memory')
  );
}

describe('WorkerEngine', () => {
  it('answers as the engine in the worker does, starting the worker at the first load', async () => {
    const { source, workers, engine } = setUp();
    await assert.rejects(engine.neighbors(REQUEST), (error) => EngineUnavailableError.is(error));
    assert.equal(workers.length, 0);
    const steps: number[] = [];
    assert.deepEqual(
      await engine.load(LOCATION, { onProgress: ({ rowsDone }) => steps.push(rowsDone) }),
      source.identity(),
    );
    assert.deepEqual([steps[0], steps.at(-1)], [0, 2000]);
    const local = new InProcessEngine({ openSource: source.open });
    await local.load(LOCATION);
    const [remoteAnswer, localAnswer] = await Promise.all([
      engine.neighbors({ ...REQUEST, projection: true }),
      local.neighbors({ ...REQUEST, projection: true }),
    ]);
    assert.deepEqual({ ...remoteAnswer, milliseconds: 0 }, { ...localAnswer, milliseconds: 0 });
    await engine.load(LOCATION);
    assert.equal(workers.length, 1);
  });

  it('keeps the class of every error across the messages', async () => {
    const { source, engine } = setUp();
    await engine.load(LOCATION);
    await assert.rejects(
      engine.neighbors({ query: { terms: [{ weight: 1, id: 2000 }] }, k: 1 }),
      (error) => error instanceof RangeError && error.message.includes('2000 is outside the vocabulary'),
    );
    source.beforeRead = () => {
      throw new CheckpointError('truncated', '/models/a b.safetensors', 'it ends: early.');
    };
    await assert.rejects(engine.load(LOCATION), (error) => {
      assert.ok(error instanceof CheckpointError);
      assert.equal(error.reason, 'truncated');
      assert.equal(error.source, '/models/a b.safetensors');
      assert.equal(error.message, '/models/a b.safetensors: it ends: early.');
      return true;
    });
    source.beforeRead = () => {
      throw new TypeError('a bug');
    };
    await assert.rejects(engine.load(LOCATION), /a bug/);
    await assert.rejects(engine.neighbors(REQUEST), (error) => EngineUnavailableError.is(error));
  });

  it('cancels at once for the caller, and stops the work in the worker by a message', async () => {
    const { source, workers, engine } = setUp(new FakeSource(20000, 600));
    const abort = new AbortController();
    const reason = new Error('not any more');
    const load = engine.load(LOCATION, {
      signal: abort.signal,
      onProgress: ({ rowsDone }) => {
        if (rowsDone > 0) {
          abort.abort(reason);
        }
      },
    });
    await assert.rejects(load, reason);
    source.reads.length = 0;
    // The next load starts when the worker has stopped the canceled one, on the same worker.
    await engine.load(LOCATION);
    assert.equal(workers.length, 1);
    assert.equal(source.reads.filter(([firstRow]) => firstRow === 0).length, 1);
    assert.equal(source.opened, 2);
    assert.equal(source.closed, 2);
    assert.deepEqual(
      workers[0]?.received.map(({ kind }) => kind),
      ['call', 'cancel', 'call'],
    );
    await assert.rejects(engine.neighbors(REQUEST, AbortSignal.abort(reason)), reason);
  });

  it('rejects what a dying worker leaves unanswered, and starts a new one for the next load', async () => {
    const { workers, engine } = setUp();
    await engine.load(LOCATION);
    const pending = Promise.allSettled([
      engine.neighbors(REQUEST),
      engine.neighbors(REQUEST),
      engine.load(LOCATION),
    ]);
    workers[0]?.die('out of memory');
    for (const result of await pending) {
      assert.ok(result.status === 'rejected' && isStopped(result.reason));
    }
    await assert.rejects(engine.neighbors(REQUEST), (error) => EngineUnavailableError.is(error));
    await engine.load(LOCATION);
    assert.equal(workers.length, 2);
    assert.equal((await engine.neighbors(REQUEST)).neighbors.length, 3);
    // A late report of the first worker's end does not touch the second.
    workers[0]?.die('out of memory');
    assert.equal((await engine.neighbors(REQUEST)).neighbors.length, 3);
  });

  it('ends the worker on release, rejecting what is pending, and can load again', async () => {
    const { workers, engine } = setUp();
    await engine.release();
    const pending = Promise.allSettled([engine.load(LOCATION)]);
    await engine.release();
    const [result] = await pending;
    assert.ok(result.status === 'rejected' && EngineUnavailableError.is(result.reason));
    assert.equal(result.reason.reason, 'not-loaded');
    assert.equal(workers[0]?.ended, true);
    await engine.load(LOCATION);
    assert.equal(workers.length, 2);
  });

  it('rejects a call that cannot be sent, and a worker that cannot be started', async () => {
    const { engine } = setUp();
    await engine.load(LOCATION);
    const uncloneable = { ...REQUEST, query: { terms: [{ weight: 1, id: 1, extra: () => undefined }] } };
    await assert.rejects(engine.neighbors(uncloneable), { name: 'DataCloneError' });
    assert.equal((await engine.neighbors(REQUEST)).neighbors.length, 3);
    const broken = new WorkerEngine(() => {
      throw new Error('no worker threads here');
    });
    await assert.rejects(broken.load(LOCATION), /no worker threads here/);
  });
});
