import assert from 'node:assert/strict';
import { CheckpointError } from '../../../../src/core/safetensors/checkpointError';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import { isAbort, MODEL, ready, REQUEST, setUp, settle, stateOf, type Setup } from '../scriptedEngine';

const IDLE = 1000;

/** A session whose model was loaded and then freed. */
async function asleep(options: Parameters<typeof setUp>[1] = {}): Promise<Setup> {
  const setup = setUp(IDLE, { cacheFolder: '/cache', ...options });
  await ready(setup);
  setup.timers.pass(IDLE);
  assert.deepEqual([setup.engine.releases, stateOf(setup.session)], [1, 'ready']);
  setup.states.length = 0;
  return setup;
}

describe('EmbeddingSession when idle', () => {
  it('frees the engine and stays ready; every question and hover puts that off', async () => {
    const setup = setUp(IDLE);
    const { session, engine, timers, states } = setup;
    await ready(setup);
    timers.pass(600);
    await session.ask('neighbors', REQUEST);
    timers.pass(600);
    await session.ask('neighborsOfMany', [REQUEST]);
    timers.pass(600);
    await session.neighborsOfManyIfReady([REQUEST]);
    timers.pass(999);
    assert.equal(engine.releases, 0);
    timers.pass(1);
    assert.deepEqual([engine.releases, timers.count], [1, 0]);
    assert.deepEqual(states, ['locating', 'ready']);
    assert.equal(await session.ensureReady(), MODEL);
    assert.equal(engine.loads.length, 1);
  });

  it('is not idle while a search runs, and takes a changed or switched-off idle time at once', async () => {
    const setup = setUp(IDLE);
    const { session, engine, timers } = setup;
    await ready(setup);
    let end: () => void = () => undefined;
    engine.onSearch = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    const search = session.ask('neighbors', REQUEST);
    await settle();
    timers.pass(5000);
    assert.equal(engine.releases, 0);
    end();
    await search;
    session.setIdleMilliseconds(0);
    timers.pass(1e12);
    assert.equal(engine.releases, 0);
    session.setIdleMilliseconds(50);
    timers.pass(50);
    assert.equal(engine.releases, 1);
  });

  it('is freed while something else needs the files, and opened again for who asked meanwhile', async () => {
    const setup = setUp(IDLE);
    const { session, engine, states } = setup;
    await ready(setup);
    let end: () => void = () => undefined;
    const closed = session.whileClosed(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    await settle();
    assert.equal(engine.releases, 1);
    const asked = session.ask('neighbors', REQUEST);
    const hover = session.neighborsOfManyIfReady([REQUEST]);
    await settle();
    assert.equal(engine.loads.length, 1, 'nothing is opened meanwhile');
    end();
    await closed;
    await settle();
    engine.loads.at(-1)?.finish();
    await asked;
    assert.equal((await hover)?.length, 1);
    assert.equal(engine.loads.length, 2);
    assert.deepEqual(states, ['locating', 'ready']);
  });

  it('stays closed until the last of several that need the files has ended, one after the other', async () => {
    const setup = setUp(IDLE);
    const { session, engine } = setup;
    await ready(setup);
    const ends: (() => void)[] = [];
    const closed = Array.from({ length: 3 }, () =>
      session.whileClosed(
        () =>
          new Promise<void>((resolve) => {
            ends.push(resolve);
          }),
      ),
    );
    const asked = session.ask('neighbors', REQUEST);
    for (const count of [1, 2, 3]) {
      await settle();
      assert.equal(ends.length, count);
      assert.equal(engine.loads.length, 1, 'nothing is opened meanwhile');
      ends.at(-1)?.();
    }
    await Promise.all(closed);
    await settle();
    engine.loads.at(-1)?.finish();
    await asked;
  });

  it('loads nothing while something else needs the files, and fails with what that fails with', async () => {
    const { session, engine } = setUp(IDLE);
    const canceled = session.ensureReady();
    await settle();
    let end: (error: Error) => void = () => undefined;
    const closed = session.whileClosed(
      () =>
        new Promise<void>((_resolve, reject) => {
          end = reject;
        }),
    );
    await assert.rejects(canceled, isAbort);
    const asked = session.ensureReady();
    await settle();
    assert.equal(engine.loads.length, 1);
    end(new Error('in use'));
    await assert.rejects(closed, /in use/);
    await settle();
    engine.loads.at(-1)?.finish();
    assert.equal(await asked, MODEL);
  });

  it('opens the model again, once for many callers at once, without a change of state', async () => {
    let prepared = 0;
    const { session, engine, states } = await asleep({
      beforeReady: (model) => {
        prepared++;
        return Promise.resolve({ ...model, warnings: ['a word about it'] });
      },
    });
    const before = session.state;
    const [one, many, hover] = [
      session.ask('neighbors', REQUEST),
      session.ask('neighborsOfMany', [REQUEST, REQUEST]),
      session.neighborsOfManyIfReady([REQUEST]),
    ];
    await settle();
    assert.equal(engine.loads.length, 2);
    const { location, options } = engine.loads[1] ?? assert.fail();
    assert.deepEqual(location, { kind: 'file', path: '/a' });
    assert.deepEqual([options.cacheFolder, options.indexLater], ['/cache', true]);
    assert.deepEqual(
      [engine.loads[0]?.options.cacheFolder, engine.loads[0]?.options.indexLater],
      ['/cache', undefined],
    );
    engine.loads[1]?.finish({ ...MODEL });
    assert.deepEqual((await one).model.warnings, ['a word about it']);
    assert.equal((await many).length, 2);
    assert.deepEqual((await hover)?.[0]?.model.warnings, ['a word about it']);
    assert.equal(session.state, before);
    assert.deepEqual(states, []);
    assert.equal(prepared, 1);
    // And it is awake from then on.
    await session.ask('neighbors', REQUEST);
    assert.equal(engine.loads.length, 2);
  });

  it('falls asleep again and wakes again', async () => {
    const { session, engine, timers, states } = await asleep();
    for (const loads of [2, 3]) {
      const search = session.ask('neighbors', REQUEST);
      await settle();
      timers.pass(10 * IDLE);
      engine.loads.at(-1)?.finish();
      await search;
      assert.equal(engine.loads.length, loads);
      timers.pass(IDLE);
      assert.equal(engine.releases, loads);
    }
    assert.deepEqual(states, []);
  });

  it('asks for a hover only what needs no index', async () => {
    const { session, engine, states } = await asleep();
    const hover = session.neighborsOfManyIfReady([REQUEST, REQUEST]);
    await settle();
    assert.equal(engine.loads[1]?.options.indexLater, true);
    engine.loads[1].finish();
    assert.deepEqual(
      (await hover)?.map((answer) => answer?.model),
      [MODEL, undefined],
    );
    assert.equal(engine.searches, 0);
    assert.equal(engine.loads.length, 2);
    assert.deepEqual(states, []);
  });

  it('loads visibly when the model is another, for questions', async () => {
    const others = [
      { path: '/other' },
      { tensorName: 'other' },
      { rowCount: 11 },
      { dimension: 4 },
      { dtype: 'F16' },
    ] as const;
    for (const other of others) {
      const { session, engine, states } = await asleep();
      const searches = [session.ask('neighbors', REQUEST), session.ask('neighbors', REQUEST)];
      await settle();
      engine.loads[1]?.finish({ ...MODEL, ...other });
      await settle();
      assert.deepEqual(states, ['none', 'locating']);
      assert.equal(engine.loads[2]?.options.indexLater, undefined);
      engine.loads[2]?.finish({ ...MODEL, ...other });
      for (const { model } of await Promise.all(searches)) {
        assert.deepEqual(model, { ...MODEL, ...other });
      }
      assert.deepEqual(states, ['none', 'locating', 'ready']);
    }
  });

  it('loads visibly when the file has changed though its shape has not', async () => {
    let stamp = 'first';
    const { session, engine, timers, states } = await asleep({ stampOf: () => Promise.resolve(stamp) });
    stamp = 'second';
    const search = session.ask('neighbors', REQUEST);
    await settle();
    engine.loads[1]?.finish();
    await settle();
    assert.deepEqual(states, ['none', 'locating']);
    engine.loads[2]?.finish();
    await search;
    assert.equal(stateOf(session), 'ready');
    // From then on the new state of the file is the one that counts.
    timers.pass(IDLE);
    const again = session.ask('neighbors', REQUEST);
    await settle();
    engine.loads[3]?.finish();
    await again;
    assert.deepEqual(states, ['none', 'locating', 'ready']);
  });

  it('fails visibly when the model is not there any more', async () => {
    const { session, engine, states } = await asleep();
    const error = new CheckpointError('not-found', '/a', 'there is nothing.');
    const search = assert.rejects(session.ask('neighbors', REQUEST), error);
    await settle();
    engine.loads[1]?.fail(error);
    await settle();
    engine.loads[2]?.fail(error);
    await search;
    assert.deepEqual(states, ['none', 'locating', 'failed']);
    assert.deepEqual(session.state, { state: 'failed', reason: '/a: there is nothing.', error });
  });

  it('never loads for a hover, whose model is not there any more', async () => {
    const { session, engine, states } = await asleep();
    const hover = session.neighborsOfManyIfReady([REQUEST]);
    await settle();
    engine.loads[1]?.fail(new CheckpointError('not-found', '/a', 'there is nothing.'));
    assert.equal(await hover, undefined);
    assert.deepEqual(states, ['none']);
    assert.equal(engine.loads.length, 2);
  });

  it('loads visibly when the engine finds the file changed at the question', async () => {
    const { session, engine, states } = await asleep();
    const search = session.ask('neighbors', REQUEST);
    await settle();
    engine.onSearch = () => {
      engine.onSearch = () => undefined;
      throw new EngineUnavailableError('changed', '/a has changed since it was loaded.');
    };
    engine.loads[1]?.finish();
    await settle();
    assert.deepEqual(states, ['none', 'locating']);
    engine.loads[2]?.finish();
    await search;
    assert.equal(engine.searches, 2);
  });

  it('stops waking when the last caller has canceled, and sleeps on', async () => {
    const { session, engine, states } = await asleep();
    const [first, second] = [new AbortController(), new AbortController()];
    const rejected = [
      assert.rejects(session.ask('neighbors', REQUEST, first.signal), /first gave up/),
      assert.rejects(session.neighborsOfManyIfReady([REQUEST], second.signal), /second too/),
    ];
    await settle();
    first.abort(new Error('first gave up'));
    await settle();
    assert.equal(engine.loads[1]?.options.signal?.aborted, false);
    second.abort(new Error('second too'));
    await Promise.all(rejected);
    assert.equal(engine.loads[1].options.signal.aborted, true);
    await settle();
    const search = session.ask('neighbors', REQUEST);
    await settle();
    assert.equal(engine.loads.length, 3);
    engine.loads[2]?.finish();
    assert.equal((await search).model, MODEL);
    assert.deepEqual(states, []);
    await assert.rejects(session.neighborsOfManyIfReady([REQUEST], AbortSignal.abort(new Error('no'))), /no/);
  });

  it('ends with reset(): sleeping, the next question loads; waking, it answers from the new model', async () => {
    for (const isWaking of [false, true]) {
      const { session, engine, states, setLocation } = await asleep();
      const early = isWaking ? session.ask('neighbors', REQUEST) : undefined;
      const hover = isWaking ? session.neighborsOfManyIfReady([REQUEST]) : undefined;
      await settle();
      setLocation('/b');
      session.reset();
      assert.equal(stateOf(session), 'none');
      const search = early ?? session.ask('neighbors', REQUEST);
      await settle();
      assert.equal(await hover, undefined);
      assert.deepEqual(engine.loads.at(-1)?.location, { kind: 'file', path: '/b' });
      engine.loads.at(-1)?.finish({ ...MODEL, name: 'b' });
      assert.equal((await search).model.name, 'b');
      assert.deepEqual(states, ['none', 'locating', 'ready']);
    }
  });

  it('rejects who waits for it to wake when it is disposed, and does not wake any more', async () => {
    const { session, engine, timers, states } = await asleep();
    const rejected = [
      assert.rejects(session.ask('neighbors', REQUEST), isAbort),
      assert.rejects(session.neighborsOfManyIfReady([REQUEST]), isAbort),
    ];
    await settle();
    session.dispose();
    await Promise.all(rejected);
    assert.equal(engine.loads[1]?.options.signal?.aborted, true);
    engine.loads[1].finish();
    await settle();
    await assert.rejects(session.ask('neighbors', REQUEST), isAbort);
    assert.equal(await session.neighborsOfManyIfReady([REQUEST]), undefined);
    assert.deepEqual([engine.loads.length, timers.count, states.length], [2, 0, 0]);
  });
});
