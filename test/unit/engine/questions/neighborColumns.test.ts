import assert from 'node:assert/strict';
import type { NeighborAnswer } from '../../../../src/engine/questions/neighborAnswer';
import {
  buffersOf,
  fromColumnAnswer,
  fromColumnAnswers,
  toColumnAnswer,
} from '../../../../src/engine/questions/neighborColumns';
import { emptyAnswer, MODEL } from '../scriptedEngine';
import { ranking, VOCABULARY_SIZE } from '../steppingEngine';

const answerOf = (count: number): NeighborAnswer => ({
  ...emptyAnswer(MODEL),
  neighbors: ranking(count, count),
});

/** How many other tasks of the thread run until something is done. */
async function tasksDuring(work: Promise<unknown>): Promise<number> {
  let tasks = 0;
  let isDone = false;
  const next = (): void => {
    if (!isDone) {
      tasks++;
      setImmediate(next);
    }
  };
  setImmediate(next);
  await work;
  isDone = true;
  return tasks;
}

describe('rankings as columns', () => {
  it('come back as they went, for every length', async () => {
    for (const count of [0, 1, 4_095, 4_096, 4_097, 9_000, VOCABULARY_SIZE]) {
      const answer = answerOf(count);
      assert.deepEqual(await fromColumnAnswer(toColumnAnswer(answer)), answer);
    }
  });

  it('hand over three pieces of memory, of 20 bytes a row in all', () => {
    assert.deepEqual(
      buffersOf(toColumnAnswer(answerOf(10))).map(({ byteLength }) => byteLength),
      [40, 80, 80],
    );
  });

  it('let other tasks run while a long ranking, or many, are rebuilt, and do not delay short ones', async () => {
    const short = toColumnAnswer(answerOf(1_000));
    const long = toColumnAnswer(answerOf(VOCABULARY_SIZE));
    assert.equal(await tasksDuring(fromColumnAnswer(short)), 0);
    assert.ok((await tasksDuring(fromColumnAnswer(long))) >= 12);
    assert.equal(await tasksDuring(fromColumnAnswers([short, undefined, short])), 0);
    assert.ok((await tasksDuring(fromColumnAnswers(Array.from({ length: 50 }, () => short)))) >= 12);
  });

  it('are refused when they are not of one length', async () => {
    const answer = toColumnAnswer(answerOf(10));
    const broken = { ...answer, neighbors: { ...answer.neighbors, norms: new Float64Array(9) } };
    await assert.rejects(fromColumnAnswer(broken), /10 ids, 10 scores and 9 norms/);
  });
});
