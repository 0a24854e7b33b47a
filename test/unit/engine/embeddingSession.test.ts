import assert from 'node:assert/strict';
import { CheckpointError } from '../../../src/core/safetensors/checkpointError';
import type {
  EmbeddingEngine,
  LoadProgress,
  NeighborAnswer,
  NeighborRequest,
} from '../../../src/engine/embeddingEngine';
import { EmbeddingSession } from '../../../src/engine/embeddingSession';
import type { EmbeddingState } from '../../../src/engine/embeddingState';
import { EngineUnavailableError } from '../../../src/engine/engineErrors';
import type { Timers } from '../../../src/engine/idleTimer';
import type { ModelIdentity, ModelLocation } from '../../../src/model/modelLocation';
import { InProcessEngine } from '../../../src/engine/inProcessEngine';
import { FakeSource } from './fakeSource';

const REQUEST: NeighborRequest = { query: { terms: [{ weight: 1, id: 2 }] }, k: 3 };
const MODEL = new FakeSource(10, 3).identity();

class ManualTimers implements Timers {
  time = 0;
  private readonly waiting = new Map<number, { at: number; callback: () => void }>();
  private last = 0;

  get count(): number {
    return this.waiting.size;
  }

  setTimeout(callback: () => void, milliseconds: number): number {
    this.waiting.set(++this.last, { at: this.time + milliseconds, callback });
    return this.last;
  }

  clearTimeout(handle: unknown): void {
    this.waiting.delete(handle as number);
  }

  now(): number {
    return this.time;
  }

  pass(milliseconds: number): void {
    this.time += milliseconds;
    for (const [handle, { at, callback }] of [...this.waiting]) {
      if (at <= this.time) {
        this.waiting.delete(handle);
        callback();
      }
    }
  }
}

/** An engine whose loads and searches end when the test says so. */
class ScriptedEngine implements EmbeddingEngine {
  readonly loads: {
    location: ModelLocation;
    signal: AbortSignal | undefined;
    progress(rowsDone: number): void;
    finish(model?: ModelIdentity): void;
    fail(error: Error): void;
  }[] = [];
  loaded: ModelIdentity | undefined;
  searches = 0;
  releases = 0;
  /** Called by each search. */
  onSearch: () => Promise<void> | void = () => undefined;

  load(
    location: ModelLocation,
    options: {
      signal?: AbortSignal | undefined;
      onProgress?: ((progress: LoadProgress) => void) | undefined;
    } = {},
  ): Promise<ModelIdentity> {
    this.loaded = undefined;
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => {
        reject(options.signal?.reason as Error);
      });
      this.loads.push({
        location,
        signal: options.signal,
        progress: (rowsDone) => options.onProgress?.({ rowsDone, rowCount: 10, model: MODEL }),
        finish: (model = MODEL) => {
          this.loaded = model;
          resolve(model);
        },
        fail: reject,
      });
    });
  }

  async neighbors(): Promise<NeighborAnswer> {
    this.searches++;
    if (this.loaded === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    const model = this.loaded;
    await this.onSearch();
    return { neighbors: [], averageSimilarity: 0, model, milliseconds: 0 };
  }

  release(): Promise<void> {
    this.releases++;
    this.loaded = undefined;
    return Promise.resolve();
  }
}

interface Setup {
  session: EmbeddingSession;
  engine: ScriptedEngine;
  timers: ManualTimers;
  states: string[];
  readonly setLocation: (path: string) => void;
}

function setUp(idleMilliseconds = 60_000): Setup {
  const engine = new ScriptedEngine();
  const timers = new ManualTimers();
  let path = '/a';
  const session = new EmbeddingSession({
    engine,
    timers,
    idleMilliseconds,
    locate: () => Promise.resolve({ location: { kind: 'file', path } }),
  });
  const states: string[] = [];
  session.onDidChangeState(({ state }) => states.push(state));
  return {
    session,
    engine,
    timers,
    states,
    setLocation: (next) => {
      path = next;
    },
  };
}

/** A call, so that the compiler does not take the state for unchanged since the last assertion. */
function stateOf(session: EmbeddingSession): EmbeddingState['state'] {
  return session.state.state;
}

/** Lets everything that can happen without time passing happen. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

async function ready(setup: Setup): Promise<void> {
  const load = setup.session.ensureReady();
  await settle();
  setup.engine.loads.at(-1)?.finish();
  await load;
}

describe('EmbeddingSession', () => {
  it('does nothing until it is asked', async () => {
    const { session, engine, timers } = setUp();
    await settle();
    assert.deepEqual(session.state, { state: 'none' });
    assert.equal(await session.neighborsIfReady(REQUEST), undefined);
    assert.deepEqual([engine.loads.length, engine.searches, timers.count], [0, 0, 0]);
  });

  it('walks none → locating → building → ready, and loads once for all who ask', async () => {
    const { session, engine, states } = setUp();
    const searches = [session.neighbors(REQUEST), session.neighbors(REQUEST)];
    const load = session.ensureReady();
    assert.equal(stateOf(session), 'locating');
    await settle();
    assert.equal(engine.loads.length, 1);
    engine.loads[0]?.progress(4);
    assert.deepEqual(session.state, { state: 'building', model: MODEL, rowsDone: 4, rowCount: 10 });
    assert.equal(await session.neighborsIfReady(REQUEST), undefined);
    engine.loads[0]?.finish();
    assert.deepEqual(await load, MODEL);
    assert.deepEqual(
      (await Promise.all(searches)).map(({ model }) => model),
      [MODEL, MODEL],
    );
    assert.deepEqual(session.state, { state: 'ready', model: MODEL });
    assert.deepEqual(states, ['locating', 'building', 'ready']);
    assert.equal((await session.neighborsIfReady(REQUEST))?.model, MODEL);
    assert.equal(engine.loads.length, 1);
  });

  it('fails with a reason, for all who wait, and tries again at the next request', async () => {
    const setup = setUp();
    const { session, engine, states } = setup;
    const waiting = Promise.allSettled([session.ensureReady(), session.neighbors(REQUEST)]);
    await settle();
    const error = new CheckpointError('truncated', '/a', 'it ends early.');
    engine.loads[0]?.fail(error);
    for (const result of await waiting) {
      assert.ok(result.status === 'rejected' && result.reason === error);
    }
    assert.deepEqual(session.state, { state: 'failed', reason: '/a: it ends early.', error });
    assert.equal(await session.neighborsIfReady(REQUEST), undefined);
    await ready(setup);
    assert.deepEqual(states, ['locating', 'failed', 'locating', 'ready']);
  });

  it('fails when the model cannot be located', async () => {
    const error = new CheckpointError('not-found', '/nowhere', 'there is nothing.');
    const session = new EmbeddingSession({
      engine: new ScriptedEngine(),
      locate: () => Promise.reject(error),
    });
    await assert.rejects(session.ensureReady(), error);
    assert.equal(stateOf(session), 'failed');
    session.dispose();
  });

  it('goes on loading while one caller still waits, and stops when the last has canceled', async () => {
    const { session, engine, states } = setUp();
    const [first, second] = [new AbortController(), new AbortController()];
    const [one, two] = [session.ensureReady(first.signal), session.neighbors(REQUEST, second.signal)];
    await settle();
    first.abort(new Error('first gave up'));
    await assert.rejects(one, /first gave up/);
    await settle();
    assert.equal(stateOf(session), 'locating');
    second.abort(new Error('second too'));
    await assert.rejects(two, /second too/);
    assert.equal(stateOf(session), 'none');
    assert.equal(engine.loads[0]?.signal?.aborted, true);
    // What the abandoned load still does changes nothing.
    engine.loads[0].progress(5);
    engine.loads[0].finish();
    await settle();
    assert.equal(stateOf(session), 'none');
    assert.deepEqual(states, ['locating', 'none']);
    await assert.rejects(session.ensureReady(AbortSignal.abort(new Error('before'))), /before/);
    assert.equal(stateOf(session), 'none');
  });

  it('cancels for everybody on cancel(), while locating and while building', async () => {
    for (const steps of [0, 1]) {
      const setup = setUp();
      const { session, engine } = setup;
      const waiting = Promise.allSettled([session.ensureReady(), session.neighbors(REQUEST)]);
      if (steps > 0) {
        await settle();
        engine.loads[0]?.progress(1);
      }
      session.cancel();
      assert.equal(stateOf(session), 'none');
      for (const result of await waiting) {
        assert.ok(result.status === 'rejected' && isAbort(result.reason));
      }
      await settle();
      assert.equal(engine.loads.length, steps);
      session.cancel();
      await ready(setup);
      session.cancel();
      assert.equal(stateOf(session), 'ready');
    }
  });

  it('restarts a running load with the new model on reset(), for those who wait', async () => {
    const { session, engine, states, setLocation } = setUp();
    const search = session.neighbors(REQUEST);
    await settle();
    engine.loads[0]?.progress(3);
    setLocation('/b');
    session.reset();
    await settle();
    assert.deepEqual(engine.loads[1]?.location, { kind: 'file', path: '/b' });
    const other = { ...MODEL, name: 'b' };
    engine.loads[0]?.finish();
    engine.loads[1].finish(other);
    assert.deepEqual((await search).model, other);
    assert.deepEqual(states, ['locating', 'building', 'locating', 'ready']);
  });

  it('drops a loaded or failed model on reset(), and answers running searches from the new one', async () => {
    const setup = setUp();
    const { session, engine, setLocation } = setup;
    session.reset();
    assert.equal(stateOf(session), 'none');
    await ready(setup);
    let fail: (error: Error) => void = () => undefined;
    engine.onSearch = () =>
      new Promise((_, reject) => {
        fail = reject;
      });
    const search = session.neighbors(REQUEST);
    await settle();
    setLocation('/b');
    session.reset();
    assert.equal(stateOf(session), 'none');
    engine.onSearch = () => undefined;
    fail(new EngineUnavailableError('not-loaded', 'The embeddings were released.'));
    await settle();
    engine.loads[1]?.finish({ ...MODEL, name: 'b' });
    assert.equal((await search).model.name, 'b');
  });

  it('loads again, once, when the worker has died', async () => {
    const setup = setUp();
    const { session, engine } = setup;
    await ready(setup);
    engine.loaded = undefined;
    const search = session.neighbors(REQUEST);
    await settle();
    assert.equal(stateOf(session), 'locating');
    engine.loads[1]?.finish();
    await search;
    assert.equal(stateOf(session), 'ready');

    const stopped = new EngineUnavailableError(
      'stopped',
      'The embedding worker stopped unexpectedly: memory.',
    );
    engine.onSearch = () => {
      throw stopped;
    };
    const doomed = assert.rejects(session.neighbors(REQUEST), stopped);
    await settle();
    engine.loads[2]?.finish();
    await doomed;
    assert.deepEqual(session.state, { state: 'failed', reason: stopped.message, error: stopped });
    assert.equal(engine.loads.length, 3);
  });

  it('forgets a dead worker quietly when only the hover asks', async () => {
    const setup = setUp();
    await ready(setup);
    setup.engine.loaded = undefined;
    assert.equal(await setup.session.neighborsIfReady(REQUEST), undefined);
    assert.equal(stateOf(setup.session), 'none');
    assert.equal(setup.engine.loads.length, 1);
  });

  it('passes errors of a query on without losing the model', async () => {
    const setup = setUp();
    await ready(setup);
    setup.engine.onSearch = () => {
      throw new RangeError('Token id 99 is outside the vocabulary.');
    };
    await assert.rejects(setup.session.neighbors(REQUEST), RangeError);
    await assert.rejects(setup.session.neighborsIfReady(REQUEST), RangeError);
    assert.equal(stateOf(setup.session), 'ready');
  });

  it('frees the matrix when idle, and loads it again for the next request', async () => {
    const setup = setUp(1000);
    const { session, engine, timers, states } = setup;
    await ready(setup);
    timers.pass(600);
    await session.neighbors(REQUEST);
    timers.pass(600);
    await session.neighborsIfReady(REQUEST);
    timers.pass(999);
    assert.equal(stateOf(session), 'ready');
    timers.pass(1);
    assert.equal(stateOf(session), 'none');
    assert.deepEqual([engine.releases, timers.count], [1, 0]);
    await ready(setup);
    assert.deepEqual(states, ['locating', 'ready', 'none', 'locating', 'ready']);
  });

  it('is not idle while a search runs, and takes a changed or switched-off idle time at once', async () => {
    const setup = setUp(1000);
    const { session, engine, timers } = setup;
    await ready(setup);
    let end: () => void = () => undefined;
    engine.onSearch = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    const search = session.neighbors(REQUEST);
    await settle();
    timers.pass(5000);
    assert.equal(stateOf(session), 'ready');
    end();
    await search;
    session.setIdleMilliseconds(0);
    timers.pass(1e12);
    assert.equal(stateOf(session), 'ready');
    session.setIdleMilliseconds(50);
    timers.pass(50);
    assert.equal(stateOf(session), 'none');
  });

  it('tells listeners of progress at most 20 times a second, but always knows it', async () => {
    const { session, engine, timers } = setUp();
    const seen: EmbeddingState[] = [];
    const listener = session.onDidChangeState((state) => seen.push(state));
    const load = session.ensureReady();
    await settle();
    for (let row = 0; row <= 9; row++) {
      engine.loads[0]?.progress(row);
      timers.pass(10);
    }
    assert.deepEqual(
      seen.flatMap((state) => (state.state === 'building' ? [state.rowsDone] : [])),
      [0, 5],
    );
    assert.deepEqual(session.state, { state: 'building', model: MODEL, rowsDone: 9, rowCount: 10 });
    listener.dispose();
    engine.loads[0]?.finish();
    await load;
    assert.equal(seen.at(-1)?.state, 'building');
  });

  it('rejects who waits when it is disposed, frees everything, and stays closed', async () => {
    const setup = setUp();
    const { session, engine, timers, states } = setup;
    await ready(setup);
    session.reset();
    const search = session.neighbors(REQUEST);
    const rejected = assert.rejects(search, isAbort);
    await settle();
    const releases = engine.releases;
    session.dispose();
    await rejected;
    assert.ok(engine.releases > releases);
    await assert.rejects(session.ensureReady(), isAbort);
    await settle();
    assert.equal(timers.count, 0);
    const count = states.length;
    engine.loads[1]?.finish();
    await settle();
    assert.equal(states.length, count);
  });

  it('works with the real engine: lazily, once, canceled in the middle, reset, loaded again', async () => {
    const source = new FakeSource(20000, 128);
    const session = new EmbeddingSession({
      engine: new InProcessEngine({ openSource: source.open }),
      locate: () => Promise.resolve({ location: { kind: 'sample' } }),
      timers: new ManualTimers(),
    });
    const abort = new AbortController();
    const listener = session.onDidChangeState(({ state }) => {
      if (state === 'building') {
        abort.abort(new Error('enough'));
      }
    });
    await assert.rejects(session.neighbors(REQUEST, abort.signal), /enough/);
    listener.dispose();
    assert.equal(stateOf(session), 'none');
    const answers = await Promise.all([session.neighbors(REQUEST), session.neighbors(REQUEST)]);
    assert.deepEqual(answers[0].neighbors, answers[1].neighbors);
    assert.equal(answers[0].neighbors[0]?.score, 1);
    session.reset();
    assert.equal((await session.neighbors(REQUEST)).neighbors[0]?.id, 2);
    assert.equal(source.closed, source.opened);
    session.dispose();
  });
});
