import assert from 'node:assert/strict';
import { METRICS } from '../../../../src/core/embedding/metric';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';
import { WorkerEngine } from '../../../../src/engine/thread/workerEngine';
import { BruteForce } from '../../embedding/bruteForce';
import { indexMatrix } from '../../embedding/indexedMatrix';
import { adversarialMatrix, rowOf } from '../../embedding/testMatrix';
import { FakeSource } from '../fakeSource';
import { isAbort } from '../scriptedEngine';
import { arraysIn } from '../thread/arraysIn';
import { LocalWorker } from '../thread/localWorker';

const LOCATION = { kind: 'file', path: '/models/fake.safetensors' } as const;
const HARD = adversarialMatrix(900, 40, 7);
const ORACLE = new BruteForce(HARD);
const UNRANKED = Array.from({ length: HARD.rowCount }, (_, id) => id).filter(
  (id) => !ORACLE.ranked.includes(id),
);
/** Rows whose products with all others are moderate numbers. */
const MODERATE = ORACLE.ranked.filter((id) => {
  const norm = Math.hypot(...rowOf(HARD, id));
  return norm > 1 && norm < 100;
});

function hardSource(): FakeSource {
  const source = new FakeSource(HARD.rowCount, HARD.dimension);
  source.values.set(HARD.values);
  return source;
}

/** Whether a value is that of double precision, rounded to single. */
const isRounded = (value: number, exact: number): boolean =>
  Math.abs(value - exact) <= 2 ** -23 * Math.abs(exact) || value === Math.fround(exact);

/** In double precision, not by the product's own sums. */
const distanceBetween = (row: ArrayLike<number>, other: ArrayLike<number>): number =>
  Math.hypot(...Array.from(row, (value, j) => value - (other[j] ?? NaN)));

for (const kernel of ['fastest', 'loop'] as const) {
  describe(`Values of all tokens (${kernel})`, () => {
    const engine = new InProcessEngine({ openSource: hardSource().open, kernel });

    before(() => engine.load(LOCATION));
    after(() => engine.release());

    it('are their norms and distances from the mean, as a plain loop has them', async () => {
      const norms = await engine.ask('valuesOfAll', { kind: 'norm' });
      const distances = await engine.ask('valuesOfAll', { kind: 'centroidDistance' });
      const origin = new Float64Array(HARD.dimension);
      for (const id of ORACLE.ranked) {
        const row = rowOf(HARD, id);
        assert.ok(isRounded(norms.values[id] ?? NaN, distanceBetween(row, origin)), `norm of ${id}`);
        assert.ok(
          isRounded(distances.values[id] ?? NaN, distanceBetween(row, ORACLE.meanRow)),
          `distance of ${id}`,
        );
      }
      assert.ok(UNRANKED.length > 0);
      for (const { values } of [norms, distances]) {
        assert.equal(values.length, HARD.rowCount);
        assert.ok(UNRANKED.every((id) => Number.isNaN(values[id])));
      }
    });

    it('are the scores of a query, each within the bound that is proven for it', async () => {
      const index = await indexMatrix(HARD);
      for (const metric of METRICS) {
        for (const id of MODERATE.slice(0, 3)) {
          const query = { terms: [{ id, weight: 1 }] };
          const { values } = await engine.ask('valuesOfAll', { kind: 'similarity', query, metric });
          const exact = ORACLE.scores(rowOf(HARD, id), metric);
          const bounds = index.bounds(Float64Array.from(rowOf(HARD, id)), metric);
          for (const other of ORACLE.ranked) {
            const half = ((bounds.upper[other] ?? NaN) - (bounds.lower[other] ?? NaN)) / 2;
            const value = values[other] ?? NaN;
            const off = Math.abs(value - (exact[other] ?? NaN));
            const rounding = 2 ** -23 * Math.abs(value) + 2 ** -140;
            assert.ok(off <= half + rounding || off === 0, `${metric} of ${id} and ${other}: ${off}`);
          }
          assert.ok(UNRANKED.every((other) => Number.isNaN(values[other])));
        }
      }
    });

    it('have a histogram that counts each ranked token once', async () => {
      const { values, distribution } = await engine.ask('valuesOfAll', { kind: 'norm' });
      const { counts, from, to, below = 0, above = 0 } = distribution;
      assert.equal(
        counts.reduce((sum, count) => sum + count, below + above),
        ORACLE.ranked.length,
      );
      assert.equal(values.filter((value) => value < from).length, below);
      assert.equal(values.filter((value) => value > to).length, above);
    });

    it('are refused for a query of what is no token, and not worked out once they are withdrawn', async () => {
      const similarityTo = (id: number): Promise<unknown> =>
        engine.ask('valuesOfAll', {
          kind: 'similarity',
          query: { terms: [{ weight: 1, id }] },
          metric: 'cosine',
        });
      await assert.rejects(similarityTo(HARD.rowCount), /outside the vocabulary/);
      await assert.rejects(similarityTo(UNRANKED[0] ?? -1), /NaN or infinity/);
      const abort = new AbortController();
      const asked = engine.ask('valuesOfAll', { kind: 'norm' }, abort.signal);
      abort.abort();
      await assert.rejects(asked, isAbort);
    });
  });
}

describe('Values of all tokens', () => {
  it('come over from a worker as memory that is handed over, and are there again for who asks next', async () => {
    const worker = new LocalWorker(new InProcessEngine({ openSource: hardSource().open }));
    const engine = new WorkerEngine(() => worker);
    await engine.load(LOCATION);
    const first = await engine.ask('valuesOfAll', { kind: 'norm' });
    assert.deepEqual(
      arraysIn(worker.answers).map(({ byteLength }) => byteLength),
      [0, 0],
    );
    assert.deepEqual(await engine.ask('valuesOfAll', { kind: 'norm' }), first);
    await engine.release();
  });
});
