import assert from 'node:assert/strict';
import type { Steps } from '../../../../src/core/work/steps';
import { inTurns } from '../../../../src/engine/loaded/inTurns';

const LONG = 300;

/** Steps of a millisecond each. */
function* longWork(done: { count: number }): Steps<string> {
  while (done.count < LONG) {
    const end = performance.now() + 1;
    while (performance.now() < end) {
      // Busy, as work is.
    }
    done.count++;
    yield;
  }
  return 'all';
}

describe('work in turns', () => {
  it('lets other tasks run in between, and gives the result', async () => {
    const done = { count: 0 };
    let seen = 0;
    setImmediate(() => {
      seen = done.count;
    });
    assert.equal(await inTurns(longWork(done), new AbortController().signal), 'all');
    assert.ok(seen > 0 && seen < LONG);
  });

  it('ends with its signal', async () => {
    const done = { count: 0 };
    const controller = new AbortController();
    const reason = new Error('canceled by the test');
    setImmediate(() => {
      controller.abort(reason);
    });
    await assert.rejects(inTurns(longWork(done), controller.signal), reason);
    assert.ok(done.count < LONG);
  });
});
