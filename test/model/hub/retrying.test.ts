import assert from 'node:assert/strict';
import { HubError } from '../../../src/model/hub/hubError';
import { Retrying, type RetryClock } from '../../../src/model/hub/retrying';

describe('A wait that a server asks for', () => {
  it('is told anew as it gets shorter, until it ends', async () => {
    let time = 0;
    let ending: (() => void) | undefined;
    const tellers = new Set<() => void>();
    const clock: RetryClock = {
      now: () => time,
      random: () => 0.5,
      sleep: () =>
        new Promise<void>((resolve) => {
          ending = resolve;
        }),
      every: (_, callback) => {
        tellers.add(callback);
        return () => tellers.delete(callback);
      },
    };
    const told: (string | undefined)[] = [];
    const retrying: Retrying = new Retrying(clock, () => told.push(retrying.waiting));
    let attempts = 0;
    const answer = retrying.run(() => {
      attempts++;
      return attempts === 1
        ? Promise.reject(
            new HubError('rate-limited', 'It is busy.', {
              isTransient: true,
              retryAfterMilliseconds: 100_000,
            }),
          )
        : Promise.resolve('here');
    }, new AbortController().signal);
    while (ending === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(told, ['It is busy: next attempt in 1 min 40 s.']);
    for (time of [10_000, 45_000, 100_500]) {
      tellers.forEach((tell) => tell());
    }
    assert.deepEqual(told.slice(1), [
      'It is busy: next attempt in 1 min 30 s.',
      'It is busy: next attempt in 55 s.',
      'It is busy: next attempt in 0 s.',
    ]);
    ending();
    assert.equal(await answer, 'here');
    assert.equal(tellers.size, 0);
    assert.equal(told.at(-1), undefined);
  });
});
