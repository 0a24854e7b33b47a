import assert from 'node:assert/strict';
import { CheckpointError } from '../../../../src/core/safetensors/checkpointError';
import { EmbeddingSession } from '../../../../src/engine/session/embeddingSession';
import type { EmbeddingState } from '../../../../src/engine/session/embeddingState';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import { isAbort, MODEL, ready, REQUEST, ScriptedEngine, setUp, settle, stateOf } from '../scriptedEngine';

describe('EmbeddingSession', () => {
  it('does nothing until it is asked', async () => {
    const { session, engine, timers } = setUp();
    await settle();
    assert.deepEqual(session.state, { state: 'none' });
    assert.equal(await session.neighborsOfManyIfReady([REQUEST]), undefined);
    assert.deepEqual([engine.loads.length, engine.searches, timers.count], [0, 0, 0]);
  });

  it('walks none → locating → building → ready, and loads once for all who ask', async () => {
    const { session, engine, states } = setUp();
    const searches = [session.ask('neighbors', REQUEST), session.ask('neighbors', REQUEST)];
    const load = session.ensureReady();
    assert.equal(stateOf(session), 'locating');
    await settle();
    assert.equal(engine.loads.length, 1);
    engine.loads[0]?.progress(4);
    assert.deepEqual(session.state, { state: 'building', model: MODEL, rowsDone: 4, rowCount: 10 });
    assert.equal(await session.neighborsOfManyIfReady([REQUEST]), undefined);
    engine.loads[0]?.finish();
    assert.deepEqual(await load, MODEL);
    assert.deepEqual(
      (await Promise.all(searches)).map(({ model }) => model),
      [MODEL, MODEL],
    );
    assert.deepEqual(session.state, { state: 'ready', model: MODEL });
    assert.deepEqual(states, ['locating', 'building', 'ready']);
    assert.equal((await session.neighborsOfManyIfReady([REQUEST]))?.[0]?.model, MODEL);
    assert.equal(engine.loads.length, 1);
  });

  it('fails with a reason, for all who wait, and tries again at the next request', async () => {
    const setup = setUp();
    const { session, engine, states } = setup;
    const waiting = Promise.allSettled([session.ensureReady(), session.ask('neighbors', REQUEST)]);
    await settle();
    const error = new CheckpointError('truncated', '/a', 'it ends early.');
    engine.loads[0]?.fail(error);
    for (const result of await waiting) {
      assert.ok(result.status === 'rejected' && result.reason === error);
    }
    assert.deepEqual(session.state, { state: 'failed', reason: '/a: it ends early.', error });
    assert.equal(await session.neighborsOfManyIfReady([REQUEST]), undefined);
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
    const [one, two] = [session.ensureReady(first.signal), session.ask('neighbors', REQUEST, second.signal)];
    await settle();
    first.abort(new Error('first gave up'));
    await assert.rejects(one, /first gave up/);
    await settle();
    assert.equal(stateOf(session), 'locating');
    second.abort(new Error('second too'));
    await assert.rejects(two, /second too/);
    assert.equal(stateOf(session), 'none');
    assert.equal(engine.loads[0]?.options.signal?.aborted, true);
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
      const waiting = Promise.allSettled([session.ensureReady(), session.ask('neighbors', REQUEST)]);
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
    const search = session.ask('neighbors', REQUEST);
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
    const search = session.ask('neighbors', REQUEST);
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
    const search = session.ask('neighbors', REQUEST);
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
    const doomed = assert.rejects(session.ask('neighbors', REQUEST), stopped);
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
    assert.equal(await setup.session.neighborsOfManyIfReady([REQUEST]), undefined);
    assert.equal(stateOf(setup.session), 'none');
    assert.equal(setup.engine.loads.length, 1);
  });

  it('passes errors of a query on without losing the model', async () => {
    const setup = setUp();
    await ready(setup);
    setup.engine.onSearch = () => {
      throw new RangeError('Token id 99 is outside the vocabulary.');
    };
    await assert.rejects(setup.session.ask('neighbors', REQUEST), RangeError);
    await assert.rejects(setup.session.neighborsOfManyIfReady([REQUEST]), RangeError);
    assert.equal(stateOf(setup.session), 'ready');
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
    const search = session.ask('neighbors', REQUEST);
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
});
