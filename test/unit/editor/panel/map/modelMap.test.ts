import assert from 'node:assert/strict';
import { ModelMap } from '../../../../../src/editor/panel/map/modelMap';
import { ModelUndecidedError } from '../../../../../src/engine/session/embeddingState';
import { layoutAt, placesAt, ROWS, ScriptedSession, settled } from './scriptedSession';

describe('the map of the model that is loaded', () => {
  let session: ScriptedSession;
  let map: ModelMap;
  let stages: string[];
  let holder: { dispose(): void };

  /** Holds the map as an inspector does that shows it: whenever it changes, it is wanted. */
  function hold(): { dispose(): void } {
    return map.hold(() => {
      const { view } = map;
      const stage = view.stage === 'linear' ? `linear ${view.graph.state}` : view.stage;
      if (stages.at(-1) !== stage) {
        stages.push(stage);
      }
      map.want();
    });
  }

  async function open(): Promise<void> {
    holder = hold();
    map.want();
    await settled();
  }

  async function openReady(): Promise<void> {
    session.becomeReady();
    await open();
  }

  beforeEach(() => {
    session = new ScriptedSession();
    map = new ModelMap(session.services);
    stages = [];
  });

  afterEach(() => {
    holder.dispose();
    assert.equal(session.listenerCount, 0);
  });

  const drawn = (): unknown => {
    const positions = map.contents?.positions;
    return positions && [positions.stage, positions.values[0]];
  };

  it('opens a layout that is kept, without anything else', async () => {
    await openReady();
    assert.deepEqual(map.view, { stage: 'waiting' });
    await session.layouts[0]?.answer(layoutAt(3, 'kept'));
    assert.deepEqual(session.asked, ['layout']);
    assert.equal(map.view.stage, 'ready');
    assert.deepEqual(map.view.figures.source, 'kept');
    assert.deepEqual(map.view.figures.tokenCount, ROWS);
    assert.deepEqual(drawn(), ['ready', 3]);
    assert.deepEqual(map.contents?.layout?.near.length, ROWS);
    assert.equal(map.contents.tokens?.kinds.length, ROWS);
    assert.equal(map.contents.tokens.texts.split('\n').length, ROWS);
  });

  it('shows the axes while the graph is built, and the layout as it unfolds', async () => {
    await openReady();
    await session.layouts[0]?.answer(undefined);
    await session.linearMaps[0]?.answer({ positions: placesAt(1), explained: [0.1, 0.02] });
    assert.deepEqual(drawn(), ['linear', 1]);
    session.builds[0]?.tell({ fraction: 0.5, secondsLeft: 3.2 });
    assert.deepEqual(map.view, {
      stage: 'linear',
      explained: [0.1, 0.02],
      graph: { state: 'building', fraction: 0.5, secondsLeft: 4 },
    });
    await session.builds[0]?.answer();
    session.layouts[1]?.tell({ fraction: 0.25, epoch: 100, epochs: 400, positions: placesAt(2) });
    assert.deepEqual(drawn(), ['unfolding', 2]);
    assert.deepEqual(map.view, { stage: 'unfolding', fraction: 0.25, epoch: 100, epochs: 400 });
    await session.layouts[1]?.answer(layoutAt(3));
    assert.deepEqual(drawn(), ['ready', 3]);
    assert.deepEqual(session.asked, ['layout', 'linearMap', 'buildGraph', 'layout']);
    assert.deepEqual(stages, ['waiting', 'linear building', 'unfolding', 'ready']);
  });

  it('tells the same progress once', async () => {
    await openReady();
    await session.layouts[0]?.answer(undefined);
    await session.linearMaps[0]?.answer({ positions: placesAt(1), explained: [0, 0] });
    let told = 0;
    const counter = map.hold(() => told++);
    for (const fraction of [0.5, 0.5001, 0.5002]) {
      session.builds[0]?.tell({ fraction, secondsLeft: 3.9 - fraction / 10 });
    }
    counter.dispose();
    assert.equal(told, 1);
  });

  it('is made once for two inspectors', async () => {
    await openReady();
    const second = hold();
    map.want();
    await settled();
    await session.layouts[0]?.answer(layoutAt(3));
    second.dispose();
    assert.deepEqual(session.asked, ['layout']);
    assert.equal(map.view.stage, 'ready');
  });

  it('stays linear where the graph is refused, with the reason', async () => {
    await openReady();
    await session.layouts[0]?.answer(undefined);
    await session.linearMaps[0]?.answer({ positions: placesAt(1), explained: [0.1, 0.02] });
    await session.builds[0]?.fail(new RangeError('It would take 3 hours.'));
    assert.deepEqual(map.view, {
      stage: 'linear',
      explained: [0.1, 0.02],
      graph: { state: 'refused', reason: 'It would take 3 hours.' },
    });
    assert.deepEqual(drawn(), ['linear', 1]);
    assert.deepEqual(session.asked, ['layout', 'linearMap', 'buildGraph']);
    assert.deepEqual(session.failures, []);
  });

  it('shows the axes where the layout itself is refused', async () => {
    await openReady();
    await session.layouts[0]?.fail(new RangeError('No token has a neighbor.'));
    await session.linearMaps[0]?.answer({ positions: placesAt(1), explained: [0, 0] });
    assert.deepEqual(map.view, {
      stage: 'linear',
      explained: [0, 0],
      graph: { state: 'refused', reason: 'No token has a neighbor.' },
    });
  });

  it('is refused where the matrix has more rows than a map is drawn of: nothing is asked, nothing has failed, nothing can be made', async () => {
    session.becomeReady('large', 500_001);
    await open();
    map.prepare();
    await settled();
    assert.equal(map.view.stage, 'refused');
    assert.match(map.view.reason, /^This matrix has 500,001 rows; a map is drawn of 500,000 at most\./);
    map.make();
    await settled();
    assert.deepEqual([session.asked, session.failures, session.tokenizersAsked], [[], [], 0]);
    // Another model has its map.
    session.becomeReady();
    await settled();
    assert.deepEqual(session.asked, ['layout']);
  });

  it('is drawn of as many rows as that', async () => {
    session.becomeReady('large', 500_000);
    holder = map.hold(() => undefined);
    map.want();
    await settled();
    assert.deepEqual(session.asked, ['layout']);
  });

  it('says what it failed with, and is made again by hand', async () => {
    await openReady();
    await session.layouts[0]?.fail(new Error('The disk is gone.'));
    assert.deepEqual(map.view, { stage: 'failed', message: 'The disk is gone.' });
    assert.equal(session.failures.length, 1);
    map.want();
    await settled();
    assert.equal(session.layouts.length, 1, 'not by itself');
    map.make();
    await settled();
    await session.layouts[1]?.answer(layoutAt(3));
    assert.equal(map.view.stage, 'ready');
  });

  it('is kept as it is when it is stopped while it unfolds', async () => {
    await openReady();
    session.layouts[0]?.tell({ fraction: 0.25, epoch: 100, epochs: 400, positions: placesAt(2) });
    map.stop();
    await settled();
    assert.equal(session.layouts[0]?.isCanceled, true);
    assert.deepEqual(map.view, { stage: 'stopped', epoch: 100, epochs: 400 });
    // What the engine had sent before it heard of it.
    session.layouts[0].tell({ fraction: 0.5, epoch: 200, epochs: 400, positions: placesAt(5) });
    assert.deepEqual(drawn(), ['unfolding', 2]);
    map.want();
    assert.equal(session.layouts.length, 1, 'nor does it go on by itself');
    map.make();
    assert.equal(map.view.stage, 'unfolding');
    await session.layouts[1]?.answer(layoutAt(3));
    assert.deepEqual(drawn(), ['ready', 3]);
    assert.deepEqual(session.failures, []);
  });

  it('is stopped while the graph is built, for good, and goes on when the graph is built by other means', async () => {
    await openReady();
    await session.layouts[0]?.answer(undefined);
    await session.linearMaps[0]?.answer({ positions: placesAt(1), explained: [0, 0] });
    map.stop();
    await settled();
    assert.equal(session.stops, 1);
    assert.equal(session.builds[0]?.isCanceled, true);
    assert.deepEqual(stages.at(-1), 'linear stopped');
    session.enterGraph({ state: 'none' });
    await settled();
    assert.equal(session.layouts.length, 1);
    session.enterGraph({ state: 'ready' });
    await settled();
    await session.layouts[1]?.answer(layoutAt(3));
    assert.equal(map.view.stage, 'ready');
    assert.deepEqual(session.asked, ['layout', 'linearMap', 'buildGraph', 'layout']);
  });

  it('waits where the command stops the graph', async () => {
    await openReady();
    await session.layouts[0]?.answer(undefined);
    await session.linearMaps[0]?.answer({ positions: placesAt(1), explained: [0, 0] });
    await session.builds[0]?.fail(new DOMException('Stopped.', 'AbortError'));
    assert.deepEqual(stages.at(-1), 'linear stopped');
    map.make();
    await settled();
    assert.equal(stages.at(-1), 'linear building');
    await session.layouts[1]?.answer(undefined);
    assert.deepEqual(session.linearMaps.length, 1, 'the axes are known');
    assert.equal(session.builds.length, 2);
  });

  it('stops, and can be made again, where something else cancels it while it unfolds', async () => {
    await openReady();
    session.layouts[0]?.tell({ fraction: 0.25, epoch: 100, epochs: 400, positions: placesAt(2) });
    await session.layouts[0]?.fail(new DOMException('Loading was canceled.', 'AbortError'));
    assert.deepEqual(map.view, { stage: 'stopped', epoch: 100, epochs: 400 });
    map.make();
    await settled();
    await session.layouts[1]?.answer(layoutAt(3));
    assert.equal(map.view.stage, 'ready');
    assert.deepEqual(session.failures, []);
  });

  it('begins when it is wanted again where something else cancels it before anything is seen', async () => {
    await openReady();
    await session.layouts[0]?.fail(new DOMException('Loading was canceled.', 'AbortError'));
    assert.deepEqual(map.view, { stage: 'waiting' });
    map.want();
    await settled();
    await session.layouts[1]?.answer(layoutAt(3));
    assert.equal(map.view.stage, 'ready');
  });

  it('is another for another model', async () => {
    await openReady();
    await session.layouts[0]?.answer(layoutAt(3));
    const key = (): string | undefined => map.contents?.key;
    const before = key();
    session.enter({ state: 'none' });
    assert.deepEqual(map.view, { stage: 'waiting' });
    assert.equal(key(), undefined);
    session.becomeReady('other');
    await settled();
    assert.notEqual(key(), before);
    await session.layouts[1]?.answer(layoutAt(4));
    assert.deepEqual(drawn(), ['ready', 4]);
  });

  it('takes nothing of a model that has gone meanwhile', async () => {
    await openReady();
    session.enter({ state: 'none' });
    session.becomeReady('other');
    await settled();
    assert.equal(session.layouts[0]?.isCanceled, true);
    session.layouts[0].tell({ fraction: 0.5, epoch: 200, epochs: 400, positions: placesAt(5) });
    await session.layouts[1]?.answer(layoutAt(4));
    assert.deepEqual(drawn(), ['ready', 4]);
  });

  it('loads the model, and waits where nobody has decided which', async () => {
    await open();
    assert.equal(session.loads.length, 1);
    const offer = { name: 'GPT-2' } as ModelUndecidedError['offer'];
    await session.loads[0]?.fail(new ModelUndecidedError(offer));
    assert.deepEqual(map.view, { stage: 'waiting' });
    assert.deepEqual(session.failures, []);
    session.becomeReady();
    await settled();
    await session.layouts[0]?.answer(layoutAt(3));
    assert.equal(map.view.stage, 'ready');
  });

  it('does not load for ever a model that the engine loses each time', async () => {
    await openReady();
    for (let loss = 0; loss < 2; loss++) {
      session.enter({ state: 'none' });
      await settled();
      session.becomeReady();
      await settled();
    }
    assert.equal(map.view.stage, 'failed');
    assert.equal(session.layouts.length, 2);
    map.make();
    await settled();
    await session.layouts[2]?.answer(layoutAt(3));
    assert.equal(map.view.stage, 'ready');
  });

  it('makes nothing before it is asked for, and is asked for as a whole then', async () => {
    session.becomeReady();
    holder = map.hold(() => undefined);
    map.prepare();
    map.prepare();
    await settled();
    assert.deepEqual(session.asked, ['keptLayout']);
    map.want();
    assert.equal(session.keptLayouts[0]?.isCanceled, true);
    await settled();
    await session.layouts[0]?.answer(layoutAt(3));
    assert.deepEqual(drawn(), ['ready', 3]);
    assert.deepEqual(session.asked, ['keptLayout', 'layout']);
    assert.deepEqual(session.failures, []);
  });

  it('asks again what failed before anybody asked for it, and tells of it then', async () => {
    session.becomeReady();
    holder = map.hold(() => undefined);
    map.prepare();
    await settled();
    await session.keptLayouts[0]?.fail(new Error('The disk is gone.'));
    assert.deepEqual(map.view, { stage: 'waiting' });
    map.want();
    await settled();
    await session.layouts[0]?.fail(new Error('The disk is gone.'));
    assert.deepEqual(map.view, { stage: 'failed', message: 'The disk is gone.' });
  });

  it('ends when nobody holds it any more', async () => {
    await openReady();
    holder.dispose();
    await settled();
    assert.equal(session.layouts[0]?.isCanceled, true);
    assert.equal(map.contents, undefined);
    assert.equal(session.listenerCount, 0);
    assert.deepEqual(session.failures, []);
  });
});
