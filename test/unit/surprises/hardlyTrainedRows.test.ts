import assert from 'node:assert/strict';
import { histogramOf } from '../../../src/core/embedding/analysis/histogram';
import type { TokenMeasures } from '../../../src/engine/questions/tokenMeasures';
import type { EmbeddingState } from '../../../src/engine/session/embeddingState';
import { answering } from '../engine/answering';
import { HardlyTrainedRows } from '../../../src/editor/surprises/hardlyTrainedRows';
import { underTrainedSentence } from '../../../src/editor/tokens/underTrained';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';
import { testIdentity } from '../../fixtures/checkpoints/testIdentity';

/** More than are asked for at once. */
const ROWS = 70_000;

/** Distances around 4, ten of them near 0: those of tokens that were hardly trained; and a row that is not ranked. */
function makeDistances(): Float64Array {
  const random = new SeededRandom(3);
  const distances = Float64Array.from({ length: ROWS }, () => 4 + 0.4 * random.normal());
  for (let i = 0; i < 10; i++) {
    distances[7_000 * i + 13] = 0.05 + 0.01 * i;
  }
  distances[99] = NaN;
  return distances;
}

const DISTANCES = makeDistances();
const RANKED = DISTANCES.filter((distance) => !Number.isNaN(distance)).sort();

/** What the token page is given of a token, counted one by one. */
function measuresOf(id: number): TokenMeasures {
  const centroidDistance = DISTANCES[id] ?? NaN;
  const distribution = histogramOf(DISTANCES, 60);
  return {
    norm: 1,
    normPercentile: 0.5,
    norms: distribution,
    centroidDistance,
    centroidPercentile: RANKED.filter((distance) => distance < centroidDistance).length / RANKED.length,
    centroidDistances: distribution,
  };
}

/** An engine that counts what it is asked; its state is the test's to change. */
class CountedSession {
  state: EmbeddingState = { state: 'none' };
  questions = 0;
  signals: (AbortSignal | undefined)[] = [];
  fails = false;
  private readonly listeners = new Set<(state: EmbeddingState) => void>();

  become(state: EmbeddingState): void {
    this.state = state;
    this.listeners.forEach((listener) => {
      listener(state);
    });
  }

  get listenerCount(): number {
    return this.listeners.size;
  }

  onDidChangeState(listener: (state: EmbeddingState) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  readonly ask = answering({
    tokenValues: async ({ ids }, signal) => {
      this.questions++;
      this.signals.push(signal);
      await Promise.resolve();
      if (this.fails) {
        throw new Error('The worker died.');
      }
      assert.ok(ids.length <= 65_536);
      return {
        values: Float64Array.from(ids, (id) => DISTANCES[id] ?? NaN),
        percentiles: Float64Array.from(
          { length: 101 },
          (_value, percent) => RANKED[Math.max(0, Math.ceil((percent / 100) * RANKED.length) - 1)] ?? NaN,
        ),
      };
    },
    measureToken: (id) => {
      this.questions++;
      return Promise.resolve(measuresOf(id));
    },
  });
}

const READY: EmbeddingState = { state: 'ready', model: testIdentity(ROWS, 4) };

describe('hardly trained rows', () => {
  it('are those of which the token page says so, in its words', async () => {
    const session = new CountedSession();
    session.become(READY);
    const sentences = await new HardlyTrainedRows(session, () => undefined).sentences();
    const near = [...DISTANCES.keys()].filter((id) => (DISTANCES[id] ?? NaN) < 2.5);
    const expected = near.flatMap((id): [number, string][] => {
      const sentence = underTrainedSentence(measuresOf(id));
      return sentence === undefined ? [] : [[id, sentence]];
    });
    assert.equal(expected.length, 10);
    assert.deepEqual([...sentences], expected);
  });

  it('are measured once a model', async () => {
    const session = new CountedSession();
    session.become(READY);
    const rows = new HardlyTrainedRows(session, () => undefined);
    await Promise.all([rows.sentences(), rows.sentences()]);
    await rows.sentences();
    // 70,000 rows in two parts, and one token for the distribution.
    assert.equal(session.questions, 3);
  });

  it('ask nothing while no model is ready, nor of the sample vectors', async () => {
    const session = new CountedSession();
    const rows = new HardlyTrainedRows(session, () => undefined);
    for (const state of [
      { state: 'none' },
      { state: 'locating' },
      { state: 'ready', model: { ...testIdentity(ROWS, 4), isSample: true } },
    ] as const) {
      session.become(state);
      assert.equal((await rows.sentences()).size, 0);
    }
    assert.equal(session.questions, 0);
  });

  it('tell when another model is ready, and give up what was asked of the one before', async () => {
    const session = new CountedSession();
    session.become(READY);
    let changes = 0;
    const rows = new HardlyTrainedRows(session, () => changes++);
    const before = rows.sentences();
    session.become({ state: 'none' });
    assert.equal(session.signals[0]?.aborted, true);
    assert.equal((await before).size, 0);
    session.become({ state: 'locating' });
    assert.equal(changes, 1);
    session.become({ state: 'ready', model: testIdentity(ROWS, 4) });
    assert.equal(changes, 2);
    assert.equal((await rows.sentences()).size, 10);
    rows.dispose();
    assert.equal(session.listenerCount, 0);
  });

  it('are none where the engine fails, and are asked for again', async () => {
    const session = new CountedSession();
    session.become(READY);
    session.fails = true;
    const rows = new HardlyTrainedRows(session, () => undefined);
    assert.equal((await rows.sentences()).size, 0);
    session.fails = false;
    assert.equal((await rows.sentences()).size, 10);
  });
});
