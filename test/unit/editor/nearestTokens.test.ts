import assert from 'node:assert/strict';
import type { EmbeddingEngine, NeighborAnswer } from '../../../src/engine/embeddingEngine';
import { EmbeddingSession } from '../../../src/engine/embeddingSession';
import type { ModelIdentity } from '../../../src/model/modelLocation';
import { NearestTokens } from '../../../src/editor/hover/nearestTokens';

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

/** An engine that counts its searches and answers with the ids before the one that is asked for. */
class CountingEngine implements EmbeddingEngine {
  searches = 0;

  load(): Promise<ModelIdentity> {
    return Promise.resolve(MODEL);
  }

  neighbors({ query }: Parameters<EmbeddingEngine['neighbors']>[0]): Promise<NeighborAnswer> {
    this.searches++;
    const id = query.terms[0]?.id ?? 0;
    return Promise.resolve({
      neighbors: [0, 1, 2, 3].map((step) => ({ id: id - step, score: 1 - step / 10, norm: 1 })),
      averageSimilarity: 0,
      model: MODEL,
      milliseconds: 0,
    });
  }

  release(): Promise<void> {
    return Promise.resolve();
  }
}

describe('nearest tokens for hovers', () => {
  let engine: CountingEngine;
  let session: EmbeddingSession;
  let nearest: NearestTokens;

  beforeEach(() => {
    engine = new CountingEngine();
    session = new EmbeddingSession({
      engine,
      locate: () => Promise.resolve({ location: { kind: 'sample' } }),
    });
    nearest = new NearestTokens(session);
  });

  afterEach(() => {
    nearest.dispose();
    session.dispose();
  });

  it('are none while nothing is loaded, and loading is not asked for', async () => {
    assert.equal(await nearest.of(7), undefined);
    assert.equal(session.state.state, 'none');
  });

  it('are three, without the token itself', async () => {
    await session.ensureReady();
    assert.deepEqual(
      (await nearest.of(7))?.map(({ id }) => id),
      [6, 5, 4],
    );
  });

  it('are searched once a token', async () => {
    await session.ensureReady();
    await nearest.of(7);
    await nearest.of(7);
    assert.equal(engine.searches, 1);
  });

  it('are forgotten when the embeddings change', async () => {
    await session.ensureReady();
    await nearest.of(7);
    session.reset();
    assert.equal(await nearest.of(7), undefined);
    await session.ensureReady();
    await nearest.of(7);
    assert.equal(engine.searches, 2);
  });

  it('are remembered for a bounded number of tokens, the last used', async () => {
    await session.ensureReady();
    await nearest.of(100);
    for (let id = 1_000; id < 1_999; id++) {
      await nearest.of(id);
    }
    await nearest.of(100);
    assert.equal(engine.searches, 1_000);
    await nearest.of(5_000);
    await nearest.of(100);
    assert.equal(engine.searches, 1_001);
    await nearest.of(1_000);
    assert.equal(engine.searches, 1_002);
  });
});
