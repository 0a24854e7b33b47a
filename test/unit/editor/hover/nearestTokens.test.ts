import assert from 'node:assert/strict';
import type { EmbeddingEngine } from '../../../../src/engine/questions/embeddingEngine';
import type { NeighborAnswer, NeighborRequest } from '../../../../src/engine/questions/neighborAnswer';
import { EmbeddingSession } from '../../../../src/engine/session/embeddingSession';
import type { ModelIdentity } from '../../../../src/model/modelLocation';
import { NearestTokens } from '../../../../src/editor/hover/nearestTokens';
import { answering } from '../../engine/answering';
import { ManualTimers } from '../../engine/scriptedEngine';

const MODEL: ModelIdentity = {
  name: 'test',
  isSample: false,
  isVerified: false,
  path: '/test',
  tensorName: 'wte.weight',
  dtype: 'F32',
  rowCount: 9_000,
  dimension: 2,
  warnings: [],
};

/**
 * An engine that counts its questions and answers with the ids before the one that is asked for; what is beyond the id 8,000
 * would need an index that is not there.
 */
class CountingEngine implements EmbeddingEngine {
  loads = 0;
  /** Each question's requests. */
  readonly questions: (readonly NeighborRequest[])[] = [];

  load(): Promise<ModelIdentity> {
    this.loads++;
    return Promise.resolve(MODEL);
  }

  /** A hover asks only for what needs no index. */
  readonly ask = answering({ neighborsWithoutIndex: (requests) => this.answer(requests) });

  private answer(requests: readonly NeighborRequest[]): Promise<(NeighborAnswer | undefined)[]> {
    this.questions.push(requests);
    return Promise.resolve(
      requests.map(({ query, k }) => {
        const id = query.terms[0]?.id ?? 0;
        return id > 8_000
          ? undefined
          : {
              metric: 'cosine',
              combination: 'unit',
              neighbors: Array.from({ length: k }, (_, step) => ({
                id: id - step,
                score: 1 - step / 10,
                norm: 1,
              })),
              averageScore: 0,
              model: MODEL,
              milliseconds: 0,
              source: 'graph',
            };
      }),
    );
  }

  release(): Promise<void> {
    return Promise.resolve();
  }
}

describe('nearest tokens for hovers', () => {
  let engine: CountingEngine;
  let session: EmbeddingSession;
  let nearest: NearestTokens;
  let timers: ManualTimers;

  beforeEach(() => {
    engine = new CountingEngine();
    timers = new ManualTimers();
    session = new EmbeddingSession({
      engine,
      timers,
      idleMilliseconds: 1_000,
      locate: () => Promise.resolve({ location: { kind: 'sample' } }),
    });
    nearest = new NearestTokens(session);
  });

  afterEach(() => {
    nearest.dispose();
    session.dispose();
  });

  const idsOf = async (id: number): Promise<number[] | undefined> =>
    (await nearest.of([id])).get(id)?.map((token) => token.id);

  it('are none while nothing is loaded, and loading is not asked for', async () => {
    assert.equal((await nearest.of([7])).size, 0);
    assert.equal(session.state.state, 'none');
  });

  it('are three by cosine, without the token itself', async () => {
    await session.ensureReady();
    assert.deepEqual(await idsOf(7), [6, 5, 4]);
    assert.deepEqual(engine.questions, [
      [{ query: { terms: [{ weight: 1, id: 7 }] }, metric: 'cosine', k: 4 }],
    ]);
  });

  it('are asked for all pieces at once, those that are not remembered', async () => {
    await session.ensureReady();
    await nearest.of([7, 20]);
    const found = await nearest.of([20, 30, 7, 40]);
    assert.deepEqual(
      [7, 20, 30, 40].map((id) => found.get(id)?.[0]?.id),
      [6, 19, 29, 39],
    );
    assert.deepEqual(
      engine.questions.map((requests) => requests.map(({ query }) => query.terms[0]?.id)),
      [
        [7, 20],
        [30, 40],
      ],
    );
  });

  it('are those that need no index, and others are asked for again', async () => {
    await session.ensureReady();
    assert.deepEqual([...(await nearest.of([8_500, 7])).keys()], [7]);
    assert.equal(await idsOf(8_500), undefined);
    assert.equal(engine.questions.length, 2);
  });

  it('are searched once a token, also after the engine was freed', async () => {
    await session.ensureReady();
    await nearest.of([7]);
    await nearest.of([7]);
    timers.pass(1_000);
    assert.deepEqual(await idsOf(7), [6, 5, 4]);
    assert.deepEqual([engine.questions.length, engine.loads], [1, 1]);
    // Another token opens the model again, and changes nothing for the first.
    assert.deepEqual(await idsOf(9), [8, 7, 6]);
    await nearest.of([7]);
    assert.deepEqual([engine.questions.length, engine.loads], [2, 2]);
  });

  it('are forgotten when the embeddings change', async () => {
    await session.ensureReady();
    await nearest.of([7]);
    session.reset();
    assert.equal(await idsOf(7), undefined);
    await session.ensureReady();
    await nearest.of([7]);
    assert.equal(engine.questions.length, 2);
  });

  it('are not remembered of a model that was dropped meanwhile', async () => {
    await session.ensureReady();
    const late = nearest.of([7]);
    session.reset();
    await late;
    await session.ensureReady();
    await nearest.of([7]);
    assert.equal(engine.questions.length, 2);
  });

  it('are not waited for after a cancellation', async () => {
    await session.ensureReady();
    const reason = new Error('the mouse went on');
    await assert.rejects(nearest.of([7], AbortSignal.abort(reason)), reason);
  });

  it('are remembered for a bounded number of tokens, the last used', async () => {
    await session.ensureReady();
    await nearest.of([100]);
    for (let id = 1_000; id < 1_999; id++) {
      await nearest.of([id]);
    }
    await nearest.of([100]);
    assert.equal(engine.questions.length, 1_000);
    await nearest.of([5_000]);
    await nearest.of([100]);
    assert.equal(engine.questions.length, 1_001);
    await nearest.of([1_000]);
    assert.equal(engine.questions.length, 1_002);
  });
});
