import assert from 'node:assert/strict';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import type { GraphState } from '../../../../src/engine/session/graphBuild';
import { isAbort, MODEL, ready, REQUEST, setUp, settle, stateOf, type Setup } from '../scriptedEngine';

function withGraphStates(setup: Setup): GraphState[] {
  const graphs: GraphState[] = [];
  setup.session.onDidChangeGraph((graph) => graphs.push(graph));
  return graphs;
}

const NONE = { state: 'none' } as const;
const READY = { state: 'ready' } as const;

describe('EmbeddingSession and the neighbor graph', () => {
  it('loads the model first, builds once for all who ask, and tells each how far it is', async () => {
    const setup = setUp();
    const { session, engine } = setup;
    const graphs = withGraphStates(setup);
    const seen: number[][] = [[], []];
    const builds = seen.map((fractions) =>
      session.buildGraph(undefined, ({ fraction }) => fractions.push(fraction)),
    );
    await settle();
    assert.equal(stateOf(session), 'locating');
    engine.loads[0]?.finish();
    await settle();
    assert.equal(engine.builds.length, 1);
    assert.deepEqual(session.graph, NONE);
    engine.builds[0]?.progress({ fraction: 0.25, secondsLeft: 30 });
    assert.deepEqual(session.graph, { state: 'building', fraction: 0.25, secondsLeft: 30 });
    engine.builds[0]?.finish();
    await Promise.all(builds);
    assert.deepEqual(seen, [[0.25], [0.25]]);
    assert.deepEqual(graphs, [{ state: 'building', fraction: 0.25, secondsLeft: 30 }, READY]);
  });

  it('tells listeners of progress at most 20 times a second, but always knows it', async () => {
    const setup = setUp();
    const { session, engine, timers } = setup;
    await ready(setup);
    const graphs = withGraphStates(setup);
    const build = session.buildGraph();
    await settle();
    for (let step = 0; step < 10; step++) {
      engine.builds[0]?.progress({ fraction: step / 10 });
      timers.pass(10);
    }
    assert.deepEqual(
      graphs.map((graph) => graph.state === 'building' && graph.fraction),
      [0, 0.5],
    );
    assert.deepEqual(session.graph, { state: 'building', fraction: 0.9 });
    engine.builds[0]?.finish();
    await build;
  });

  it('goes on while the idle time passes; the idle time runs from its end', async () => {
    const setup = setUp(1000);
    const { session, engine, timers } = setup;
    await ready(setup);
    const build = session.buildGraph();
    await settle();
    timers.pass(100_000);
    assert.deepEqual([engine.releases, timers.count], [0, 0]);
    engine.builds[0]?.finish();
    await build;
    timers.pass(999);
    assert.equal(engine.releases, 0);
    timers.pass(1);
    assert.equal(engine.releases, 1);
    // The graph lies in the cache: it is there when the model is opened again.
    assert.deepEqual(session.graph, READY);
  });

  it('wakes a freed model, and loads visibly one that is another now', async () => {
    const setup = setUp(1000);
    const { session, engine, timers, states } = setup;
    await ready(setup);
    timers.pass(1000);
    const build = session.buildGraph();
    await settle();
    engine.loads[1]?.finish({ ...MODEL, rowCount: 11 });
    await settle();
    engine.loads[2]?.finish({ ...MODEL, rowCount: 11 });
    await settle();
    engine.builds[0]?.finish();
    await build;
    assert.deepEqual(states, ['locating', 'ready', 'none', 'locating', 'ready']);
    assert.deepEqual(session.graph, READY);
  });

  it('goes on while one caller still waits, and stops when the last has canceled', async () => {
    const setup = setUp();
    const { session, engine } = setup;
    await ready(setup);
    const [first, second] = [new AbortController(), new AbortController()];
    const rejected = [
      assert.rejects(session.buildGraph(first.signal), /first gave up/),
      assert.rejects(session.buildGraph(second.signal), /second too/),
    ];
    await settle();
    engine.builds[0]?.progress({ fraction: 0.5 });
    first.abort(new Error('first gave up'));
    await settle();
    assert.equal(engine.builds[0]?.signal?.aborted, false);
    second.abort(new Error('second too'));
    await Promise.all(rejected);
    assert.equal(engine.builds[0].signal.aborted, true);
    assert.deepEqual(session.graph, NONE);
    assert.equal(stateOf(session), 'ready');
    // What a stopped build still tells changes nothing.
    engine.builds[0].progress({ fraction: 0.6 });
    assert.deepEqual(session.graph, NONE);
    await session.ask('neighbors', REQUEST);
    await assert.rejects(session.buildGraph(AbortSignal.abort(new Error('before'))), /before/);
    assert.equal(engine.builds.length, 1);
  });

  it('is given up with the model, on reset(), on cancel() of its load, and on dispose()', async () => {
    const setup = setUp();
    const { session, engine } = setup;
    await ready(setup);
    const build = assert.rejects(session.buildGraph(), isAbort);
    await settle();
    engine.builds[0]?.progress({ fraction: 0.5 });
    session.reset();
    await build;
    assert.equal(engine.builds[0]?.signal?.aborted, true);
    assert.deepEqual(session.graph, NONE);

    const unloaded = assert.rejects(session.buildGraph(), isAbort);
    await settle();
    session.cancel();
    await unloaded;
    const overtaken = assert.rejects(session.buildGraph(), isAbort);
    await settle();
    session.reset();
    await overtaken;
    await settle();
    assert.equal(stateOf(session), 'none');

    await ready(setup);
    const closed = assert.rejects(session.buildGraph(), isAbort);
    await settle();
    session.dispose();
    await closed;
    await assert.rejects(session.buildGraph(), isAbort);
  });

  it('fails when its worker dies, is not begun again by itself, and leaves the next question to load', async () => {
    const setup = setUp();
    const { session, engine, states } = setup;
    await ready(setup);
    const died = new EngineUnavailableError('stopped', 'The embedding worker stopped unexpectedly: memory.');
    const build = assert.rejects(session.buildGraph(), died);
    await settle();
    engine.builds[0]?.progress({ fraction: 0.5 });
    engine.builds[0]?.fail(died);
    await build;
    assert.deepEqual(session.graph, NONE);
    assert.deepEqual(states, ['locating', 'ready', 'none']);
    assert.equal(engine.builds.length, 1);
    const search = session.ask('neighbors', REQUEST);
    await settle();
    engine.loads[1]?.finish();
    await search;
    assert.equal(stateOf(session), 'ready');
  });

  it('fails with the question that finds the worker dead first', async () => {
    const setup = setUp();
    const { session, engine } = setup;
    await ready(setup);
    const build = assert.rejects(session.buildGraph(), EngineUnavailableError);
    await settle();
    engine.loaded = undefined;
    const search = session.ask('neighbors', REQUEST);
    await build;
    await settle();
    engine.loads[1]?.finish();
    await search;
    assert.deepEqual(session.graph, NONE);
  });

  it('is ready once an answer came from it, until the model changes', async () => {
    const setup = setUp();
    const { session, engine } = setup;
    await ready(setup);
    await session.ask('neighbors', REQUEST);
    assert.deepEqual(session.graph, NONE);
    engine.source = 'graph';
    await session.neighborsOfManyIfReady([REQUEST]);
    assert.deepEqual(session.graph, READY);
    session.reset();
    assert.deepEqual(session.graph, NONE);
  });

  it('passes other failures on and keeps the model', async () => {
    const setup = setUp();
    const { session, engine } = setup;
    await ready(setup);
    const full = assert.rejects(session.buildGraph(), /disk is full/);
    await settle();
    engine.builds[0]?.fail(new Error('The disk is full.'));
    await full;
    assert.deepEqual([session.graph.state, stateOf(session)], ['none', 'ready']);
    assert.deepEqual(session.graph, NONE);
  });
});
