import assert from 'node:assert/strict';
import type { EmbeddingEngine } from '../../../../src/engine/questions/embeddingEngine';
import type { NeighborAnswer } from '../../../../src/engine/questions/neighborAnswer';
import type { AskSession } from '../../../../src/engine/session/sessionQuestion';
import { answering } from '../answering';
import { REQUEST } from '../scriptedEngine';

/** Types are what is tested here: a line that the compiler must refuse and does not is an error itself. */
describe('the compiler', () => {
  const ask: EmbeddingEngine['ask'] = answering({});
  const askSession: AskSession = ask;
  const refused = async (answers: readonly Promise<unknown>[]): Promise<void> => {
    for (const { status } of await Promise.allSettled(answers)) {
      assert.equal(status, 'rejected');
    }
  };

  it('lets a question be asked with what its entry names, and knows the answer', async () => {
    const answer: Promise<NeighborAnswer> = ask('neighbors', REQUEST);
    const percentiles: Promise<Float64Array> = askSession('tokenValues', {
      measure: { kind: 'norm' },
      ids: [1],
    }).then((values) => values.percentiles);
    const built: Promise<void> = ask('buildGraph', undefined, undefined, ({ fraction }) => fraction < 1);
    await refused([answer, percentiles, built]);
  });

  it('refuses the parameters, the answer and the progress of another question, and questions that there are not', async () => {
    await refused([
      // @ts-expect-error A question that there is not.
      ask('nearest', REQUEST),
      // @ts-expect-error No request at all.
      ask('neighbors'),
      // @ts-expect-error Several requests in place of one.
      ask('neighbors', [REQUEST]),
      // @ts-expect-error A metric is missing.
      ask('ranks', { query: REQUEST.query, ids: [1] }),
      // @ts-expect-error A measure that there is not.
      ask('tokenValues', { measure: { kind: 'length' }, ids: [1] }),
      // @ts-expect-error An id as text.
      ask('measureToken', '1'),
      // @ts-expect-error Parameters where there are none.
      ask('buildGraph', REQUEST),
      // @ts-expect-error A question that tells no progress.
      ask('compare', [REQUEST.query], undefined, () => undefined),
      // @ts-expect-error The text is no answer with neighbors.
      ask('embeddingsTsv', [1]).then(({ neighbors }) => neighbors as unknown),
    ]);
  });

  it('keeps from sessions what is not asked of them this way', async () => {
    await refused([
      // @ts-expect-error Builds are shared.
      askSession('buildGraph', undefined),
      // @ts-expect-error Hovers wake a model, and load none.
      askSession('neighborsWithoutIndex', [REQUEST]),
      // @ts-expect-error As an engine refuses it.
      askSession('compare', REQUEST),
    ]);
  });
});
