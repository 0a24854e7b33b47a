import assert from 'node:assert/strict';
import { METRICS, type Metric } from '../../../../src/core/embedding/metric';
import type { EmbeddingEngine } from '../../../../src/engine/questions/embeddingEngine';
import type { QueryVector } from '../../../../src/engine/questions/queryVector';
import {
  MAX_MEASURED,
  type TokenMeasure,
  type TokenValues,
} from '../../../../src/engine/questions/tokenValues';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';
import { PreparedModels } from '../../../../src/engine/session/preparedModels';
import { WorkerEngine } from '../../../../src/engine/thread/workerEngine';
import type { openEmbeddingSource } from '../../../../src/model/embeddingSource';
import { BruteForce } from '../../embedding/bruteForce';
import { indexMatrix } from '../../embedding/indexedMatrix';
import { adversarialMatrix, gaussianMatrix, rowOf, type TestMatrix } from '../../embedding/testMatrix';
import { FakeSource } from '../fakeSource';
import { arraysIn } from '../thread/arraysIn';
import { LocalWorker } from '../thread/localWorker';
import { countedPercentiles } from './countedPercentiles';
import { isAbort, settle, setUp, stateOf } from '../scriptedEngine';

const LOCATION = { kind: 'file', path: '/models/fake.safetensors' } as const;
const HARD = adversarialMatrix(900, 40, 7);
const ORACLE = new BruteForce(HARD);
const ALL = Array.from({ length: HARD.rowCount }, (_, id) => id);

function sourceWith({ rowCount, dimension, values }: TestMatrix): FakeSource {
  const source = new FakeSource(rowCount, dimension);
  source.values.set(values);
  return source;
}

const one = (id: number, weight = 1): QueryVector => ({ terms: [{ weight, id }] });
const similarity = (query: QueryVector, metric: Metric): TokenMeasure => ({
  kind: 'similarity',
  query,
  metric,
});

const UNRANKED = ALL.find((id) => !ORACLE.ranked.includes(id)) ?? -1;
/** Ids that no matrix has, among them what a typed array would wrap or cut. */
const NO_ROWS = [HARD.rowCount, HARD.rowCount + 1, 2 ** 32, 2 ** 32 + 1, -1, 1.5, NaN, Infinity];

/** Ranked rows whose products with all others are moderate numbers. */
const MODERATE = ORACLE.ranked.filter((id) => {
  const norm = Math.hypot(...rowOf(HARD, id));
  return norm > 1 && norm < 100;
});
const ZERO_ROW = ORACLE.ranked.find((id) => !rowOf(HARD, id).some(Boolean)) ?? -1;

/** How far a percentile of screened scores may be from that of exact ones. */
async function halfWidestBound(vector: Float64Array, metric: Metric): Promise<number> {
  const { lower, upper } = (await indexMatrix(HARD)).bounds(vector, metric);
  return ORACLE.ranked.reduce(
    (widest, id) => Math.max(widest, ((upper[id] ?? NaN) - (lower[id] ?? NaN)) / 2),
    0,
  );
}

function assertNeverFalling(percentiles: Float64Array): void {
  assert.equal(percentiles.length, 101);
  for (let percent = 1; percent <= 100; percent++) {
    assert.ok((percentiles[percent - 1] ?? NaN) <= (percentiles[percent] ?? NaN), `${percent} %`);
  }
}

const ENGINES: Readonly<Record<string, (open: typeof openEmbeddingSource) => EmbeddingEngine>> = {
  'InProcessEngine with the index': (openSource) => new InProcessEngine({ openSource }),
  'InProcessEngine with the loop': (openSource) => new InProcessEngine({ openSource, kernel: 'loop' }),
  WorkerEngine: (openSource) => new WorkerEngine(() => new LocalWorker(new InProcessEngine({ openSource }))),
  PreparedModels: (openSource) =>
    new PreparedModels(
      () => new InProcessEngine({ openSource }),
      () => Promise.resolve('unchanged'),
    ),
};

for (const [name, engineOver] of Object.entries(ENGINES)) {
  describe(`Token values by ${name}`, () => {
    const isExact = name.includes('loop');
    let source: FakeSource;
    let engine: EmbeddingEngine;

    beforeEach(async () => {
      source = sourceWith(HARD);
      engine = engineOver(source.open);
      await engine.load(LOCATION);
    });

    afterEach(() => engine.release());

    it('are the lengths, and the distances from the mean row, that plain sums give', async () => {
      // A length is the distance from zero.
      for (const [kind, from] of [
        ['norm', new Float64Array(HARD.dimension)],
        ['centroidDistance', ORACLE.meanRow],
      ] as const) {
        const expected = ORACLE.scores(from, 'euclidean');
        const { values, percentiles } = await engine.ask('tokenValues', { measure: { kind }, ids: ALL });
        assert.deepEqual([...values], [...expected], kind);
        assert.ok(Number.isNaN(values[UNRANKED]));
        assert.deepEqual([...percentiles], countedPercentiles(expected), kind);
      }
    });

    it('are the scores of plain sums under every metric, bit for bit, with percentiles within the bounds', async () => {
      assert.ok(ZERO_ROW >= 0 && UNRANKED >= 0);
      for (const id of [MODERATE[0] ?? -1, MODERATE[17] ?? -1, ZERO_ROW]) {
        for (const metric of METRICS) {
          const vector = Float64Array.from(rowOf(HARD, id));
          const expected = ORACLE.scores(vector, metric);
          const { values, percentiles } = await engine.ask('tokenValues', {
            measure: similarity(one(id), metric),
            ids: ALL,
          });
          assert.deepEqual([...values], [...expected], `${metric} of ${id}`);
          const exact = countedPercentiles(expected);
          if (isExact) {
            assert.deepEqual([...percentiles], exact);
            continue;
          }
          assertNeverFalling(percentiles);
          assert.equal(percentiles[0], exact[0], `least ${metric} of ${id}`);
          assert.equal(percentiles[100], exact[100], `greatest ${metric} of ${id}`);
          const bound = (await halfWidestBound(vector, metric)) * (1 + 1e-9);
          exact.forEach((value, percent) => {
            const off = Math.abs((percentiles[percent] ?? NaN) - value);
            assert.ok(off <= bound, `${metric} of ${id}, ${percent} %: off by ${off}, bound ${bound}`);
          });
        }
      }
    });

    it('are NaN for tokens that have none, in the order of the ids, also where ids are repeated', async () => {
      const [a = -1, b = -1] = MODERATE;
      const ids = [b, ...NO_ROWS, a, UNRANKED, b, a];
      const measures: TokenMeasure[] = [
        { kind: 'norm' },
        { kind: 'centroidDistance' },
        ...METRICS.map((metric) => similarity(one(a), metric)),
      ];
      for (const measure of measures) {
        const [ofA, ofB] = (await engine.ask('tokenValues', { measure, ids: [a, b] })).values;
        const { values } = await engine.ask('tokenValues', { measure, ids });
        assert.deepEqual([...values], [ofB, ...NO_ROWS.map(() => NaN), ofA, NaN, ofB, ofA]);
      }
    });

    it('of a formula are those of the list of neighbors, with the mean taken from each term where asked for', async () => {
      const [a = -1, b = -1, c = -1] = MODERATE;
      const terms = [
        { weight: 1, id: a },
        { weight: -0.5, id: b },
        { weight: 0.25, id: c },
      ];
      const percentilesOf: Float64Array[] = [];
      // One after the other under each metric, so that nothing kept of the first may answer for the second.
      for (const metric of METRICS) {
        for (const query of [{ terms }, { terms, centerEachTerm: true }]) {
          const { neighbors } = await engine.ask('neighbors', { query, metric, k: HARD.rowCount });
          const { values, percentiles } = await engine.ask('tokenValues', {
            measure: similarity(query, metric),
            ids: neighbors.map(({ id }) => id),
          });
          assert.deepEqual(
            [...values],
            neighbors.map(({ score }) => score),
          );
          const scores = neighbors.map(({ score }) => score);
          assert.deepEqual([percentiles[0], percentiles[100]], [Math.min(...scores), Math.max(...scores)]);
          if (metric === 'centered') {
            percentilesOf.push(percentiles);
          }
        }
      }
      assert.notDeepEqual(percentilesOf[0], percentilesOf[1]);
    });

    it('have the same percentiles whichever tokens are asked for, none too, and however often', async () => {
      const id = MODERATE[5] ?? -1;
      const measures: TokenMeasure[] = [
        { kind: 'norm' },
        { kind: 'centroidDistance' },
        similarity(one(id), 'centered'),
        similarity(one(id), 'dot'),
      ];
      const before = new Map<TokenMeasure, TokenValues>();
      for (const measure of measures) {
        before.set(measure, await engine.ask('tokenValues', { measure, ids: ALL }));
      }
      for (const measure of measures) {
        const nothing = await engine.ask('tokenValues', { measure, ids: [] });
        assert.equal(nothing.values.length, 0);
        const expected = before.get(measure);
        // Whatever a caller does to its arrays, the next gets the right ones.
        nothing.percentiles.fill(7);
        assert.deepEqual(await engine.ask('tokenValues', { measure, ids: ALL }), expected);
        assert.equal(expected?.percentiles.length, 101);
      }
      const atOnce = await Promise.all(
        measures.map((measure) => engine.ask('tokenValues', { measure, ids: ALL })),
      );
      assert.deepEqual(atOnce, [...before.values()]);
    });

    it('of a query without a direction are all 0 under the cosines', async () => {
      const id = MODERATE[2] ?? -1;
      const nothing = { terms: [...one(id).terms, ...one(id, -1).terms] };
      for (const metric of ['cosine', 'dot'] as const) {
        const { values, percentiles } = await engine.ask('tokenValues', {
          measure: similarity(nothing, metric),
          ids: [id, UNRANKED],
        });
        assert.ok(values[0] === 0 && Number.isNaN(values[1]));
        assert.ok(percentiles.every((value) => value === 0));
      }
    });

    it('are all NaN where no row is ranked', async () => {
      await engine.release();
      const empty = new FakeSource(5, 3);
      empty.values.fill(NaN);
      engine = engineOver(empty.open);
      await engine.load(LOCATION);
      for (const kind of ['norm', 'centroidDistance'] as const) {
        const { values, percentiles } = await engine.ask('tokenValues', {
          measure: { kind },
          ids: [0, 4, 5],
        });
        assert.deepEqual([...values], [NaN, NaN, NaN]);
        assert.deepEqual([...percentiles], new Array(101).fill(NaN));
      }
      await assert.rejects(
        engine.ask('tokenValues', { measure: similarity(one(0), 'dot'), ids: [] }),
        RangeError,
      );
    });

    it('are refused for too many tokens, and for a query that is none', async () => {
      const id = MODERATE[0] ?? -1;
      const most = new Array<number>(MAX_MEASURED).fill(id);
      for (const measure of [{ kind: 'norm' }, similarity(one(id), 'cosine')] as const) {
        const { values } = await engine.ask('tokenValues', { measure, ids: most });
        assert.equal(values.length, MAX_MEASURED);
        assert.equal(values[MAX_MEASURED - 1], values[0]);
        await assert.rejects(engine.ask('tokenValues', { measure, ids: [...most, id] }), {
          name: 'RangeError',
          message: '65537 tokens were to be measured at once, at most 65536 can be.',
        });
      }
      for (const bad of [UNRANKED, ...NO_ROWS]) {
        for (const metric of METRICS) {
          await assert.rejects(
            engine.ask('tokenValues', { measure: similarity(one(bad), metric), ids: [id] }),
            RangeError,
          );
        }
      }
      await assert.rejects(
        engine.ask('tokenValues', { measure: similarity(one(id, NaN), 'dot'), ids: [id] }),
        RangeError,
      );
    });

    it('are not to be had when the file has changed, or nothing is loaded', async () => {
      const id = MODERATE[0] ?? -1;
      const measures = [{ kind: 'norm' }, { kind: 'centroidDistance' }, similarity(one(id), 'dot')] as const;
      source.isUnchanged = false;
      for (const measure of measures) {
        await assert.rejects(engine.ask('tokenValues', { measure, ids: [id] }), EngineUnavailableError);
      }
      await engine.release();
      for (const measure of measures) {
        await assert.rejects(engine.ask('tokenValues', { measure, ids: [id] }), EngineUnavailableError);
      }
    });

    it('are the same when the index is read only now', async () => {
      const measures = [
        { kind: 'norm' },
        { kind: 'centroidDistance' },
        ...METRICS.map((metric) => similarity(one(MODERATE[3] ?? -1), metric)),
      ] as const;
      for (const measure of measures) {
        const expected = await engine.ask('tokenValues', { measure, ids: ALL });
        const later = engineOver(sourceWith(HARD).open);
        await later.load(LOCATION, { indexLater: true });
        assert.deepEqual(await later.ask('tokenValues', { measure, ids: ALL }), expected);
        await later.release();
      }
    });

    it('end with the signal of the caller', async () => {
      const id = MODERATE[0] ?? -1;
      const abort = new AbortController();
      abort.abort(new Error('enough'));
      for (const measure of [
        { kind: 'norm' },
        { kind: 'centroidDistance' },
        similarity(one(id), 'dot'),
      ] as const) {
        await assert.rejects(engine.ask('tokenValues', { measure, ids: [id] }, abort.signal), /enough/);
      }
      const later = new AbortController();
      const asked = engine.ask(
        'tokenValues',
        { measure: similarity(one(id), 'cosine'), ids: ALL },
        later.signal,
      );
      later.abort(new Error('not any more'));
      await assert.rejects(asked, /not any more/);
      assert.equal(
        (await engine.ask('tokenValues', { measure: similarity(one(id), 'cosine'), ids: [id] })).values[0],
        1,
      );
    });
  });
}

describe('Token values of a large matrix', () => {
  const matrix = gaussianMatrix(20_000, 32, 12);
  const all = Array.from({ length: matrix.rowCount }, (_, id) => id);
  const measure = similarity(one(17), 'dot');
  const rowsRead = (source: FakeSource): number => source.copies.reduce((sum, count) => sum + count, 0);

  it('come with few rows read when few are asked for, and each row is read once when all are', async () => {
    const source = sourceWith(matrix);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    source.copies.length = 0;
    await engine.ask('tokenValues', { measure, ids: [1, 2, 3] });
    assert.ok(rowsRead(source) < 500, `${rowsRead(source)} rows were read`);
    source.copies.length = 0;
    const { values } = await engine.ask('tokenValues', { measure, ids: [...all, ...all] });
    // The percentiles are known, and so is all but the query's own row.
    assert.equal(rowsRead(source), all.length + 1);
    const expected = new BruteForce(matrix).scores(rowOf(matrix, 17), 'dot');
    assert.deepEqual(values, Float64Array.from([...expected, ...expected]));
    await engine.release();
  });

  it('let other questions in', async () => {
    const source = sourceWith(matrix);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    const order: string[] = [];
    await Promise.all([
      engine.ask('tokenValues', { measure, ids: all }).then(() => order.push('values')),
      engine.ask('neighbors', { query: one(3), k: 5 }).then(() => order.push('neighbors')),
    ]);
    assert.deepEqual(order, ['neighbors', 'values']);
    await engine.release();
  });

  it('end in the middle, with the caller and with the model, and read no row of a closed file', async () => {
    const source = sourceWith(matrix);
    let onCopy: () => void = () => undefined;
    const engine = new InProcessEngine({
      openSource: async (...parameters) => {
        const opened = await source.open(...parameters);
        return {
          ...opened,
          copyRows: (ids, target) => {
            onCopy();
            opened.copyRows(ids, target);
          },
        };
      },
    });
    await engine.load(LOCATION);
    await engine.ask('tokenValues', { measure, ids: [] });
    const abort = new AbortController();
    source.copies.length = 0;
    onCopy = () => {
      if (rowsRead(source) > 5000) {
        abort.abort(new Error('in the middle'));
      }
    };
    await assert.rejects(engine.ask('tokenValues', { measure, ids: all }, abort.signal), /in the middle/);
    assert.ok(rowsRead(source) < 10_000, `${rowsRead(source)} rows were read`);

    let released: Promise<void> | undefined;
    source.copies.length = 0;
    onCopy = () => {
      if (rowsRead(source) > 5000) {
        assert.equal(source.closed, 0);
        released ??= engine.release();
      }
    };
    await assert.rejects(engine.ask('tokenValues', { measure, ids: all }), EngineUnavailableError);
    assert.ok(rowsRead(source) < 10_000, `${rowsRead(source)} rows were read`);
    await released;
    assert.equal(source.closed, 1);
  });

  it('are handed over by a worker instead of being copied', async () => {
    const source = sourceWith(HARD);
    const worker = new LocalWorker(new InProcessEngine({ openSource: source.open }));
    const engine = new WorkerEngine(() => worker);
    await engine.load(LOCATION);
    await engine.ask('tokenValues', { measure: { kind: 'norm' }, ids: ALL });
    await engine.ask('tokenValues', { measure: similarity(one(MODERATE[0] ?? -1), 'dot'), ids: ALL });
    const lengths = arraysIn(worker.answers).map(({ byteLength }) => byteLength);
    assert.deepEqual(lengths, [0, 0, 0, 0]);
    await engine.release();
  });
});

describe('EmbeddingSession and token values', () => {
  it('loads first where needed, and asks once more when the engine lost its model', async () => {
    const setup = setUp();
    const ask = (): Promise<TokenValues> =>
      setup.session.ask('tokenValues', { measure: { kind: 'norm' }, ids: [2, 3] });
    const first = ask();
    await settle();
    setup.engine.loads[0]?.finish();
    assert.deepEqual([...(await first).values], [2, 3]);
    assert.equal(stateOf(setup.session), 'ready');
    setup.engine.loaded = undefined;
    const second = ask();
    await settle();
    assert.equal(setup.engine.loads.length, 2);
    setup.engine.loads[1]?.finish();
    assert.deepEqual(await second, await first);
    setup.session.dispose();
    await assert.rejects(ask(), isAbort);
  });
});
