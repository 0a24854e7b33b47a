import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { withEitherSignal } from '../../../../src/engine/loaded/withEitherSignal';

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** Rejects with the reason of a signal as soon as that is aborted. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

describe('work that one of two signals ends', () => {
  for (const which of [0, 1] as const) {
    it(`ends with signal ${which}, for its reason, and leaves nothing at either`, async () => {
      const controllers = [new AbortController(), new AbortController()] as const;
      const [first, second] = controllers.map(({ signal }) => signal) as [AbortSignal, AbortSignal];
      const work = withEitherSignal(first, second, untilAborted);
      assert.deepEqual([listenersOf(first), listenersOf(second)], [1, 1]);
      controllers[which].abort(new Error(`number ${which}`));
      await assert.rejects(work, { message: `number ${which}` });
      assert.deepEqual([listenersOf(first), listenersOf(second)], [0, 0]);
    });
  }

  it('gives the result, and leaves nothing at either signal', async () => {
    const [first, second] = [new AbortController().signal, new AbortController().signal];
    const result = await withEitherSignal(first, second, (ended) => {
      assert.equal(ended.aborted, false);
      return Promise.resolve(7);
    });
    assert.equal(result, 7);
    assert.deepEqual([listenersOf(first), listenersOf(second)], [0, 0]);
  });

  it('leaves nothing where it fails at once', async () => {
    const [first, second] = [new AbortController().signal, new AbortController().signal];
    const work = withEitherSignal(first, second, () => {
      throw new Error('at once');
    });
    await assert.rejects(work, { message: 'at once' });
    assert.deepEqual([listenersOf(first), listenersOf(second)], [0, 0]);
  });

  it('has an aborted signal from the start where one of the two is, for the reason of the first', async () => {
    const open = new AbortController().signal;
    const aborted = AbortSignal.abort(new Error('long ago'));
    const other = AbortSignal.abort(new Error('also'));
    for (const [first, second] of [
      [aborted, open],
      [open, aborted],
      [aborted, other],
    ] as const) {
      const reason = await withEitherSignal(first, second, (ended) =>
        Promise.resolve(ended.aborted ? (ended.reason as Error).message : 'not aborted'),
      );
      assert.equal(reason, 'long ago');
    }
  });

  it('goes by the second alone where there is no first', async () => {
    const { signal } = new AbortController();
    assert.equal(await withEitherSignal(undefined, signal, (ended) => Promise.resolve(ended)), signal);
  });
});
