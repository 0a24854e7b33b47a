import assert from 'node:assert/strict';
import type { EmbeddingState } from '../../../../src/engine/session/embeddingState';
import type { GraphState } from '../../../../src/engine/session/graphBuild';
import { NeighborGraphBuilds } from '../../../../src/editor/session/neighborGraphBuilds';
import type { ModelIdentity } from '../../../../src/model/modelLocation';
import { ManualTimers } from '../../engine/scriptedEngine';
import { MODEL } from '../plainEmbeddings';

/** A session that only counts builds, each of which goes on until it is aborted or finished. */
class BuildCounter {
  state: EmbeddingState = { state: 'none' };
  graph: GraphState = { state: 'none' };
  builds = 0;
  aborted = 0;
  finish: () => void = () => undefined;
  fail: (reason: Error) => void = () => undefined;
  private listener: (state: EmbeddingState) => void = () => undefined;

  onDidChangeState(listener: (state: EmbeddingState) => void): { dispose(): void } {
    this.listener = listener;
    return { dispose: () => (this.listener = () => undefined) };
  }

  buildGraph(signal?: AbortSignal): Promise<void> {
    this.builds++;
    return new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
      signal?.addEventListener('abort', () => {
        this.aborted++;
        reject(signal.reason as Error);
      });
    });
  }

  become(state: EmbeddingState): void {
    this.state = state;
    this.listener(state);
  }
}

describe('neighbor graphs that are built by themselves', () => {
  let session: BuildCounter;
  let timers: ManualTimers;
  let isAutomatic: boolean;
  let builds: NeighborGraphBuilds;

  beforeEach(() => {
    session = new BuildCounter();
    timers = new ManualTimers();
    isAutomatic = true;
    builds = new NeighborGraphBuilds({
      session,
      timers,
      isAutomatic: () => isAutomatic,
      onFailure: (error) => assert.fail(String(error)),
    });
  });

  afterEach(() => builds.dispose());

  const ready = (changes: Partial<ModelIdentity> = {}): void => {
    session.become({ state: 'ready', model: { ...MODEL, dimension: 768, ...changes } });
  };

  it('begin when nothing was asked for ten seconds', () => {
    ready();
    timers.pass(9_000);
    builds.noteActivity();
    timers.pass(9_000);
    assert.equal(session.builds, 0);
    timers.pass(1_000);
    assert.equal(session.builds, 1);
  });

  it('begin once a model', async () => {
    ready();
    timers.pass(10_000);
    session.finish();
    await Promise.resolve();
    session.become({ state: 'none' });
    ready();
    timers.pass(20_000);
    assert.equal(session.builds, 1);
    ready({ path: '/other' });
    timers.pass(10_000);
    assert.equal(session.builds, 2);
  });

  it('go on with a model that is back after another one was chosen, but not after they were stopped', async () => {
    ready();
    timers.pass(10_000);
    session.fail(new DOMException('Another model was chosen.', 'AbortError'));
    ready({ path: '/other' });
    await new Promise(setImmediate);
    ready();
    timers.pass(10_000);
    assert.equal(session.builds, 2);
    builds.stop();
    await new Promise(setImmediate);
    ready();
    timers.pass(20_000);
    assert.equal(session.builds, 2);
  });

  it('do not begin by themselves where that was not wanted, is too much, or is there already', () => {
    isAutomatic = false;
    ready();
    timers.pass(20_000);
    isAutomatic = true;
    ready({ rowCount: 151_936, dimension: 896 });
    timers.pass(20_000);
    session.graph = { state: 'ready' };
    ready();
    timers.pass(20_000);
    assert.equal(session.builds, 0);
    // Every size of GPT-2 is small enough.
    session.graph = { state: 'none' };
    ready({ dimension: 1_600 });
    timers.pass(10_000);
    assert.equal(session.builds, 1);
  });

  it('do not begin while the model is gone', () => {
    ready();
    session.become({ state: 'none' });
    timers.pass(20_000);
    assert.equal(session.builds, 0);
  });

  it('are stopped, with those that were asked for, and do not begin again', async () => {
    ready();
    timers.pass(10_000);
    const asked = builds.build(new AbortController().signal);
    builds.stop();
    await assert.rejects(asked, { name: 'AbortError' });
    assert.equal(session.aborted, 2);
    builds.noteActivity();
    timers.pass(20_000);
    assert.equal(session.builds, 2);
  });

  it('end for one who cancels, and pass the reason on', async () => {
    ready();
    const reason = new Error('enough');
    const abort = new AbortController();
    const asked = builds.build(abort.signal);
    abort.abort(reason);
    await assert.rejects(asked, reason);
    await assert.rejects(builds.build(AbortSignal.abort(reason)), reason);
  });
});
