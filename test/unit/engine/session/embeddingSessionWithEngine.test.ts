import assert from 'node:assert/strict';
import { EmbeddingSession } from '../../../../src/engine/session/embeddingSession';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';
import { FakeSource } from '../fakeSource';
import { ManualTimers, REQUEST, stateOf } from '../scriptedEngine';

describe('EmbeddingSession with the engine in this thread', () => {
  it('loads lazily, once for all, canceled in the middle, after a reset, and opens again what was idle', async () => {
    const source = new FakeSource(20000, 128);
    const timers = new ManualTimers();
    const session = new EmbeddingSession({
      engine: new InProcessEngine({ openSource: source.open }),
      locate: () => Promise.resolve({ location: { kind: 'sample' } }),
      timers,
      idleMilliseconds: 1000,
    });
    const abort = new AbortController();
    const listener = session.onDidChangeState(({ state }) => {
      if (state === 'building') {
        abort.abort(new Error('enough'));
      }
    });
    await assert.rejects(session.ask('neighbors', REQUEST, abort.signal), /enough/);
    listener.dispose();
    assert.equal(stateOf(session), 'none');
    const answers = await Promise.all([session.ask('neighbors', REQUEST), session.ask('neighbors', REQUEST)]);
    assert.deepEqual(answers[0].neighbors, answers[1].neighbors);
    assert.equal(answers[0].neighbors[0]?.score, 1);
    session.reset();
    assert.equal((await session.ask('neighbors', REQUEST)).neighbors[0]?.id, 2);
    const opened = source.opened;
    timers.pass(1000);
    assert.equal(stateOf(session), 'ready');
    assert.deepEqual((await session.ask('neighbors', REQUEST)).neighbors, answers[0].neighbors);
    assert.equal(source.opened, opened + 1);
    session.dispose();
  });
});
