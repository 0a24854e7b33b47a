import assert from 'node:assert/strict';
import { OneAtATime } from '../../../../src/engine/loaded/oneAtATime';

describe('Work of which one piece is done at a time', () => {
  const never = new AbortController().signal;

  function endless(): { readonly work: () => Promise<string>; readonly end: (result: string) => void } {
    let end: (result: string) => void = () => undefined;
    const promise = new Promise<string>((resolve) => (end = resolve));
    return { work: () => promise, end };
  }

  it('is done in order, also after a piece that fails', async () => {
    const turns = new OneAtATime();
    const order: string[] = [];
    const piece =
      (name: string, fails = false) =>
      async (): Promise<void> => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (fails) {
          throw new Error(name);
        }
      };
    const failing = assert.rejects(turns.run(piece('a', true), never), /^Error: a$/);
    await Promise.all([failing, turns.run(piece('b'), never)]);
    assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('lets go at once who waits for the piece of another and cancels, and begins none for it', async () => {
    const turns = new OneAtATime();
    const { work, end } = endless();
    const first = turns.run(work, never);
    const canceling = new AbortController();
    const waiting = turns.run(() => assert.fail('begun after all'), canceling.signal);
    const reason = new Error('canceled');
    canceling.abort(reason);
    // The first piece does not end before this.
    await assert.rejects(waiting, reason);
    await assert.rejects(
      turns.run(() => assert.fail('begun after all'), canceling.signal),
      reason,
    );
    const third = turns.run(() => Promise.resolve('third'), never);
    let hasEnded = false;
    const ended = turns.ended.then(() => (hasEnded = true));
    await Promise.resolve();
    assert.equal(hasEnded, false);
    end('first');
    assert.deepEqual(await Promise.all([first, third]), ['first', 'third']);
    await ended;
  });
});
