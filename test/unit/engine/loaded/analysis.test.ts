import assert from 'node:assert/strict';
import { METRICS } from '../../../../src/core/embedding/metric';
import { meanTerms } from '../../../../src/core/query/meanTerms';
import type {
  EmbeddingSearch,
  RankedRows,
  SearchRequest,
} from '../../../../src/core/embedding/search/embeddingSearch';
import { LoopSearch } from '../../../../src/core/embedding/search/loopSearch';
import { ModelAnalysis } from '../../../../src/engine/loaded/analysis/modelAnalysis';
import { verifySearch } from '../../../../src/engine/loaded/analysis/verifySearch';
import { MAX_COMPARED } from '../../../../src/engine/questions/comparison';
import type { EmbeddingEngine } from '../../../../src/engine/questions/embeddingEngine';
import type { QueryVector } from '../../../../src/engine/questions/queryVector';
import { MAX_RANKED } from '../../../../src/engine/questions/rankAnswer';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';
import { PreparedModels } from '../../../../src/engine/session/preparedModels';
import type { EmbeddingSource } from '../../../../src/model/embeddingSource';
import { WorkerEngine } from '../../../../src/engine/thread/workerEngine';
import { BruteForce } from '../../embedding/bruteForce';
import { loopOver, sourceOf } from '../../embedding/indexedMatrix';
import { adversarialMatrix, gaussianMatrix, rowOf, type TestMatrix } from '../../embedding/testMatrix';
import { FakeSource } from '../fakeSource';
import { arraysIn } from '../thread/arraysIn';
import { LocalWorker } from '../thread/localWorker';
import { isAbort, ready, REQUEST, settle, setUp, stateOf } from '../scriptedEngine';

const LOCATION = { kind: 'file', path: '/models/fake.safetensors' } as const;
const HARD = adversarialMatrix(900, 40, 3);
const HARD_ORACLE = new BruteForce(HARD);

/** Rows of several lengths around a mean that is not zero. */
const SHIFTED = gaussianMatrix(700, 40, 4);
SHIFTED.values.forEach((value, index) => {
  SHIFTED.values[index] = (value + 0.7) * (1 + (Math.floor(index / 40) % 5));
});

function sourceWith({ rowCount, dimension, values }: TestMatrix): FakeSource {
  const source = new FakeSource(rowCount, dimension);
  source.values.set(values);
  return source;
}

const one = (id: number, weight = 1): QueryVector => ({ terms: [{ weight, id }] });

/** A row of the hard matrix that holds NaN or infinity. */
const UNRANKED =
  Array.from({ length: HARD.rowCount }, (_, row) => row).find((row) => !HARD_ORACLE.ranked.includes(row)) ??
  -1;

/** The cosine of each row less the mean with Σ weight · (row − mean), over the shifted matrix, by plain sums. */
function centeredByTerm(terms: QueryVector['terms']): number[] {
  const { rowCount, dimension } = SHIFTED;
  const all = Array.from({ length: rowCount }, (_, row) => [...rowOf(SHIFTED, row)]);
  const mean = Array.from(
    { length: dimension },
    (_, j) => all.reduce((sum, row) => sum + (row[j] ?? NaN), 0) / rowCount,
  );
  const centered = all.map((row) => row.map((value, j) => value - (mean[j] ?? NaN)));
  const query = mean.map((_, j) =>
    terms.reduce((sum, { id, weight }) => sum + weight * (centered[id]?.[j] ?? NaN), 0),
  );
  return centered.map((row) => {
    const product = row.reduce((sum, value, j) => sum + value * (query[j] ?? NaN), 0);
    return product / (Math.hypot(...row) * Math.hypot(...query));
  });
}

/** A ranked row of the hard matrix, of moderate length. */
function hardRow(index: number): number {
  const moderate = HARD_ORACLE.ranked.filter((id) => {
    const norm = Math.hypot(...rowOf(HARD, id));
    return norm > 1 && norm < 100;
  });
  return moderate[index] ?? 0;
}

const ENGINES: Readonly<Record<string, (source: FakeSource) => EmbeddingEngine>> = {
  'InProcessEngine with the index': ({ open }) => new InProcessEngine({ openSource: open }),
  'InProcessEngine with the loop': ({ open }) => new InProcessEngine({ openSource: open, kernel: 'loop' }),
  WorkerEngine: ({ open }) =>
    new WorkerEngine(() => new LocalWorker(new InProcessEngine({ openSource: open }))),
  PreparedModels: ({ open }) =>
    new PreparedModels(
      () => new InProcessEngine({ openSource: open }),
      () => Promise.resolve('unchanged'),
    ),
};

for (const [name, engineOver] of Object.entries(ENGINES)) {
  describe(`Analysis by ${name}`, () => {
    let source: FakeSource;
    let engine: EmbeddingEngine;

    beforeEach(async () => {
      source = sourceWith(HARD);
      engine = engineOver(source);
      await engine.load(LOCATION);
    });

    afterEach(() => engine.release());

    it('ranks tokens as a sort of all exact scores does, under every metric', async () => {
      const ids = HARD_ORACLE.ranked.filter((_, index) => index % 5 === 0);
      for (const id of [
        hardRow(0),
        hardRow(7),
        HARD_ORACLE.ranked.find((row) => !rowOf(HARD, row).some(Boolean)) ?? -1,
      ]) {
        for (const metric of METRICS) {
          if (metric === 'cosine' && !rowOf(HARD, id).some(Boolean)) {
            await assert.rejects(engine.ask('ranks', { query: one(id), metric, ids }), /no direction/);
            continue;
          }
          const expected = HARD_ORACLE.scores(rowOf(HARD, id), metric);
          const order = HARD_ORACLE.ranking(expected, metric).ids;
          const { scores, ranks } = await engine.ask('ranks', { query: one(id), metric, ids });
          assert.deepEqual(
            [...scores],
            ids.map((row) => expected[row]),
            `${metric} of ${id}`,
          );
          assert.deepEqual(
            [...ranks],
            ids.map((row) => order.indexOf(row) + 1),
            `${metric} of ${id}`,
          );
        }
      }
    });

    it('gives the ranks that the list of neighbors shows, for a formula too, with repeated ids', async () => {
      await engine.release();
      engine = engineOver(sourceWith(SHIFTED));
      await engine.load(LOCATION);
      const query = {
        terms: [one(101), one(102, -0.5), one(103)].flatMap(({ terms }) => terms),
      };
      for (const metric of METRICS) {
        const { neighbors } = await engine.ask('neighbors', { query, metric, k: SHIFTED.rowCount });
        const shown = neighbors.filter((_, index) => index % 11 === 0);
        const ids = [...shown, ...shown].map(({ id }) => id);
        const { scores, ranks } = await engine.ask('ranks', { query, metric, ids });
        assert.deepEqual(
          [...scores],
          [...shown, ...shown].map(({ score }) => score),
        );
        assert.deepEqual(
          [...ranks].slice(0, shown.length),
          shown.map((_, index) => index * 11 + 1),
        );
        assert.deepEqual(ranks.slice(shown.length), ranks.slice(0, shown.length));
      }
      assert.deepEqual((await engine.ask('ranks', { query, metric: 'dot', ids: [] })).ranks.length, 0);
    });

    it('ranks tokens among those that are allowed, each as if it were one of them', async () => {
      const id = hardRow(3);
      const isAllowed = (row: number): boolean => row % 3 === 0 || row % 7 === 2;
      const allowed = new Uint32Array(Math.ceil(HARD.rowCount / 32));
      for (let row = 0; row < HARD.rowCount; row++) {
        allowed[row >> 5] = (allowed[row >> 5] ?? 0) | (isAllowed(row) ? 1 << (row & 31) : 0);
      }
      const ids = HARD_ORACLE.ranked.filter((_, index) => index % 4 === 1);
      assert.ok(ids.some(isAllowed) && !ids.every(isAllowed));
      for (const metric of METRICS) {
        const request = { query: one(id), metric, allowed };
        const expected = HARD_ORACLE.scores(rowOf(HARD, id), metric);
        const { scores, ranks, rankedCount } = await engine.ask('ranks', { ...request, ids });
        assert.deepEqual(
          [...scores],
          ids.map((row) => expected[row]),
        );
        assert.deepEqual(
          [...ranks],
          ids.map((token) => {
            const among = (row: number): boolean => isAllowed(row) || row === token;
            return HARD_ORACLE.ranking(expected, metric, among).ids.indexOf(token) + 1;
          }),
          metric,
        );
        assert.equal(rankedCount, HARD_ORACLE.ranked.filter(isAllowed).length);
        const { neighbors } = await engine.ask('neighbors', { ...request, k: 40 });
        const shown = await engine.ask('ranks', {
          ...request,
          ids: neighbors.map((neighbor) => neighbor.id),
        });
        assert.deepEqual(
          [...shown.ranks],
          neighbors.map((_, index) => index + 1),
        );
      }
      const everyToken = await engine.ask('ranks', { query: one(id), metric: 'dot', ids: [id] });
      assert.equal(everyToken.rankedCount, HARD_ORACLE.ranked.length);
    });

    it('takes the mean from each term where that is asked for, whatever is asked', async () => {
      await engine.release();
      engine = engineOver(sourceWith(SHIFTED));
      await engine.load(LOCATION);
      const metric = 'centered';
      const others = [7, 108, 300, 512];
      const formulas = [
        one(101, 2),
        one(101, -0.3),
        { terms: [...one(101).terms, ...one(102, -1).terms] },
        { terms: [...one(101, 1e-13).terms, ...one(102, -1e-13).terms] },
        { terms: [...one(101).terms, ...one(102, -3).terms, ...one(103, 0.5).terms] },
        { terms: meanTerms([101, 102, 103]) },
      ];
      for (const { terms } of formulas) {
        const query = { terms, centerEachTerm: true };
        const expected = centeredByTerm(terms);
        const near = (score: number | undefined, id: number): void => {
          assert.ok(Math.abs((score ?? NaN) - (expected[id] ?? NaN)) < 1e-12, `${score} ${expected[id]}`);
        };
        const { neighbors } = await engine.ask('neighbors', { query, metric, k: SHIFTED.rowCount });
        assert.equal(neighbors.length, SHIFTED.rowCount);
        neighbors.forEach(({ id, score }) => {
          near(score, id);
        });
        const { scores, ranks } = await engine.ask('ranks', { query, metric, ids: others });
        const compared = await engine.ask('compare', [query, ...others.map((id) => one(id))]);
        others.forEach((id, index) => {
          const place = neighbors.findIndex((neighbor) => neighbor.id === id);
          assert.equal(ranks[index], place + 1);
          assert.equal(scores[index], neighbors[place]?.score);
          assert.equal(compared.scores.centered[index + 1], neighbors[place]?.score);
        });
        assert.equal((await engine.ask('verify', { query, metric, k: 50 })).sameOrder, true);
      }
    });

    it('centers a multiple of a token exactly as the token, and only where that is asked for', async () => {
      await engine.release();
      engine = engineOver(sourceWith(SHIFTED));
      await engine.load(LOCATION);
      const find = async (query: QueryVector) =>
        (await engine.ask('neighbors', { query, metric: 'centered', k: SHIFTED.rowCount })).neighbors;
      const token = await find(one(101));
      for (const weight of [1, 2, 0.3, 1e-200, 1e200]) {
        assert.deepEqual(await find({ ...one(101, weight), centerEachTerm: true }), token, String(weight));
      }
      assert.notDeepEqual(await find(one(101, 2)), token);
      for (const weight of [NaN, Infinity]) {
        await assert.rejects(find({ ...one(101, weight), centerEachTerm: true }), {
          name: 'RangeError',
          message: `The weight of token id 101 is ${weight}.`,
        });
      }
      await assert.rejects(
        find({ terms: [...one(101).terms, ...one(101, -1).terms], centerEachTerm: true }),
        /no direction/,
      );
    });

    it('compares single tokens: rows as they are, and the scores of a search', async () => {
      const ids = [hardRow(0), hardRow(4), hardRow(9), hardRow(4)];
      const comparison = await engine.ask(
        'compare',
        ids.map((id) => one(id)),
      );
      assert.deepEqual(comparison.unrankedIds, []);
      const tripled = await engine.ask(
        'compare',
        ids.map((id) => one(id, 3)),
      );
      assert.deepEqual(tripled.vectors, comparison.vectors);
      assert.deepEqual(tripled.scores.cosine, comparison.scores.cosine);
      assert.equal(comparison.dimension, HARD.dimension);
      ids.forEach((id, index) => {
        const row = rowOf(HARD, id);
        assert.deepEqual(comparison.vectors.slice(index * row.length, (index + 1) * row.length), row.slice());
        const norm = Math.hypot(...row);
        assert.ok(Math.abs((comparison.norms[index] ?? NaN) - norm) < 1e-12 * norm);
        const shorter = HARD_ORACLE.ranked.filter(
          (other) => Math.hypot(...rowOf(HARD, other)) < norm * (1 - 1e-13),
        );
        assert.equal(comparison.normPercentiles[index], shorter.length / HARD_ORACLE.ranked.length);
        for (const metric of ['cosine', 'dot', 'euclidean'] as const) {
          const scores = HARD_ORACLE.scores(row, metric);
          const compared = comparison.scores[metric].subarray(index * ids.length, (index + 1) * ids.length);
          assert.deepEqual(
            [...compared],
            ids.map((other) => scores[other]),
          );
        }
      });
      assert.equal(comparison.pearson.length, ids.length ** 2);
      assert.equal(comparison.pearson[1], comparison.pearson[3]);
      assert.ok(comparison.milliseconds >= 0);
      const cosines = HARD_ORACLE.ranked.map((id) => {
        const scores = HARD_ORACLE.scores(rowOf(HARD, id), 'cosine');
        return HARD_ORACLE.ranked.reduce((sum, other) => sum + (scores[other] ?? NaN), 0);
      });
      const average = cosines.reduce((sum, value) => sum + value, 0) / HARD_ORACLE.ranked.length ** 2;
      assert.ok(Math.abs(comparison.averageCosine - average) < 1e-12);
    });

    it('compares formulas by the same scores that their neighbors have, under every metric', async () => {
      await engine.release();
      engine = engineOver(sourceWith(SHIFTED));
      await engine.load(LOCATION);
      const formula = { terms: [...one(105).terms, ...one(106, -0.25).terms] };
      const word = { terms: meanTerms([101, 102, 103]) };
      const other = 108;
      const byTerm = { ...formula, centerEachTerm: true };
      const queries = [formula, word, byTerm, one(104, -2)];
      const { scores, vectors, norms, dimension } = await engine.ask('compare', [...queries, one(other)]);
      for (const [index, query] of queries.entries()) {
        for (const metric of METRICS) {
          const { neighbors } = await engine.ask('neighbors', { query, metric, k: SHIFTED.rowCount });
          const score = neighbors.find(({ id }) => id === other)?.score;
          assert.equal(scores[metric][index * 5 + 4], score, metric);
          assert.equal(scores[metric][4 * 5 + index], score, metric);
        }
      }
      assert.notEqual(scores.centered[4], scores.centered[2 * 5 + 4]);
      // Of a word, the sum of its unit rows.
      const sum = new Float64Array(dimension);
      for (const { id } of word.terms) {
        const row = rowOf(SHIFTED, id);
        row.forEach((value, j) => {
          sum[j] = (sum[j] ?? 0) + value / Math.hypot(...row);
        });
      }
      sum.forEach((value, j) => {
        assert.ok(Math.abs((vectors[dimension + j] ?? NaN) - value) < 1e-6);
      });
      assert.ok(Math.abs((norms[1] ?? NaN) - Math.hypot(...sum)) < 1e-12);
    });

    it('compares what has a vector, and has no figures for what has none', async () => {
      const [a, b] = [hardRow(0), hardRow(4)];
      const whole = await engine.ask('compare', [one(a), one(b)]);
      const queries = [one(a), one(UNRANKED), one(b), { terms: meanTerms([b, UNRANKED]) }];
      const some = await engine.ask('compare', queries);
      assert.deepEqual(some.unrankedIds, [UNRANKED]);
      const kept = [0, 2];
      for (const [all, expected] of [
        [some.scores.cosine, whole.scores.cosine],
        [some.scores.centered, whole.scores.centered],
        [some.scores.dot, whole.scores.dot],
        [some.scores.euclidean, whole.scores.euclidean],
        [some.pearson, whole.pearson],
      ] as const) {
        assert.deepEqual(
          [...all],
          queries.flatMap((_, row) =>
            queries.map((__, column) =>
              kept.includes(row) && kept.includes(column)
                ? expected[kept.indexOf(row) * 2 + kept.indexOf(column)]
                : NaN,
            ),
          ),
        );
      }
      const { dimension } = HARD;
      const none = new Float32Array(dimension).fill(NaN);
      assert.deepEqual(some.vectors.slice(0, dimension), whole.vectors.slice(0, dimension));
      assert.deepEqual(some.vectors.slice(2 * dimension, 3 * dimension), whole.vectors.slice(dimension));
      for (const index of [1, 3]) {
        assert.deepEqual(some.vectors.slice(index * dimension, (index + 1) * dimension), none);
      }
      for (const [all, expected] of [
        [some.norms, whole.norms],
        [some.normPercentiles, whole.normPercentiles],
      ] as const) {
        assert.deepEqual([...all], [expected[0], NaN, expected[1], NaN]);
      }
      const nothing = await engine.ask('compare', [one(UNRANKED)]);
      assert.deepEqual([...nothing.scores.dot, ...nothing.pearson, ...nothing.norms], [NaN, NaN, NaN]);
    });

    it('measures a token against all, and again when it is asked again', async () => {
      const id = hardRow(11);
      const distance = (row: number): number =>
        Math.hypot(...Array.from(rowOf(HARD, row), (value, j) => value - (HARD_ORACLE.meanRow[j] ?? NaN)));
      const share = (values: readonly number[], value: number): number =>
        values.filter((other) => other < value * (1 - 1e-13)).length / values.length;
      const norms = HARD_ORACLE.ranked.map((row) => Math.hypot(...rowOf(HARD, row)));
      const distances = HARD_ORACLE.ranked.map(distance);
      const close = (actual: number, expected: number): void => {
        assert.ok(Math.abs(actual - expected) <= 1e-12 * expected, `${actual} instead of ${expected}`);
      };
      for (let time = 0; time < 2; time++) {
        const measures = await engine.ask('measureToken', id);
        close(measures.norm, Math.hypot(...rowOf(HARD, id)));
        close(measures.centroidDistance, distance(id));
        assert.equal(measures.normPercentile, share(norms, measures.norm));
        assert.equal(measures.centroidPercentile, share(distances, measures.centroidDistance));
        for (const [{ from, to, counts }, values] of [
          [measures.norms, norms],
          [measures.centroidDistances, distances],
        ] as const) {
          close(from, Math.min(...values));
          close(to, Math.max(...values));
          assert.equal(counts.length, 60);
          assert.equal(
            counts.reduce((sum, count) => sum + count, 0),
            values.length,
          );
        }
      }
    });

    it('verifies the fast path by a plain loop over the file', async () => {
      const allowed = new Uint32Array(29).fill(0x55555555);
      for (const metric of METRICS) {
        for (const request of [
          { query: one(hardRow(2)), metric, k: 50 },
          { query: one(hardRow(3)), metric, k: HARD.rowCount },
          { query: { terms: meanTerms([hardRow(4), hardRow(5)]) }, metric, k: 20, allowed },
        ]) {
          const read = source.reads.length;
          const verification = await engine.ask('verify', request);
          const { sameOrder, rowCount, loopMilliseconds, fastMilliseconds, correlation } = verification;
          assert.deepEqual({ sameOrder, rowCount }, { sameOrder: true, rowCount: HARD.rowCount }, metric);
          assert.ok(correlation > 0.999, `${metric}: ${correlation}`);
          assert.ok(loopMilliseconds > 0 && fastMilliseconds > 0);
          assert.ok(source.reads.length > read, 'the loop reads the file');
          if (metric !== 'dot' && metric !== 'euclidean') {
            assert.ok(verification.largestDifference < 1e-12, `${verification.largestDifference}`);
          }
        }
      }
      assert.equal(allowed.length, 29);
    });

    it('writes rows as text that reads back bit for bit', async () => {
      const ids = HARD_ORACLE.ranked.slice(0, 40).reverse();
      const lines = (await engine.ask('embeddingsTsv', ids)).split('\n');
      assert.equal(lines.length, ids.length);
      lines.forEach((line, index) => {
        assert.deepEqual(Float32Array.from(line.split('\t'), Number), rowOf(HARD, ids[index] ?? 0).slice());
      });
      assert.equal(await engine.ask('embeddingsTsv', []), '');
    });

    it('refuses what it cannot answer', async () => {
      const id = hardRow(0);
      const metric = 'cosine';
      for (const bad of [UNRANKED, HARD.rowCount, -1, 1.5]) {
        await assert.rejects(engine.ask('ranks', { query: one(id), metric, ids: [id, bad] }), RangeError);
        await assert.rejects(engine.ask('ranks', { query: one(bad), metric, ids: [id] }), RangeError);
        if (bad !== UNRANKED) {
          await assert.rejects(engine.ask('compare', [one(id), one(bad)]), RangeError);
        }
        await assert.rejects(engine.ask('measureToken', bad), RangeError);
        await assert.rejects(engine.ask('verify', { query: one(bad), k: 3 }), RangeError);
        await assert.rejects(engine.ask('embeddingsTsv', [bad]), RangeError);
      }
      const tooMany = new Array<number>(MAX_RANKED + 1).fill(id);
      await assert.rejects(
        engine.ask('ranks', { query: one(id), metric, ids: tooMany }),
        /1001 tokens .* at most 1000/,
      );
      await assert.rejects(engine.ask('embeddingsTsv', tooMany), RangeError);
      await assert.rejects(engine.ask('compare', []), RangeError);
      await assert.rejects(
        engine.ask('compare', new Array<QueryVector>(MAX_COMPARED + 1).fill(one(id))),
        /1 to 40 vectors/,
      );
      await assert.rejects(engine.ask('verify', { query: one(id), k: 0 }), RangeError);
    });

    it('tells when the file has changed, and when nothing is loaded', async () => {
      const asked = [
        () => engine.ask('ranks', { query: one(hardRow(0)), metric: 'dot', ids: [hardRow(1)] }),
        () => engine.ask('compare', [one(hardRow(0))]),
        () => engine.ask('measureToken', hardRow(0)),
        () => engine.ask('verify', { query: one(hardRow(0)), k: 1 }),
        () => engine.ask('embeddingsTsv', [hardRow(0)]),
      ];
      source.isUnchanged = false;
      for (const ask of asked) {
        await assert.rejects(ask(), EngineUnavailableError);
      }
      await engine.release();
      for (const ask of asked) {
        await assert.rejects(ask(), EngineUnavailableError);
      }
    });

    it('stops when it is canceled, and answers the next question', async () => {
      const abort = new AbortController();
      abort.abort(new Error('enough'));
      const id = hardRow(0);
      const { signal } = abort;
      await assert.rejects(
        engine.ask('ranks', { query: one(id), metric: 'dot', ids: [id] }, signal),
        /enough/,
      );
      await assert.rejects(engine.ask('compare', [one(id)], signal), /enough/);
      await assert.rejects(engine.ask('measureToken', id, signal), /enough/);
      await assert.rejects(engine.ask('verify', { query: one(id), k: 1 }, signal), /enough/);
      await assert.rejects(engine.ask('embeddingsTsv', [id], signal), /enough/);
      const later = new AbortController();
      source.beforeRead = () => {
        later.abort(new Error('in the middle'));
      };
      await assert.rejects(engine.ask('verify', { query: one(id), k: 1 }, later.signal), /in the middle/);
      source.beforeRead = () => undefined;
      assert.equal((await engine.ask('verify', { query: one(id), k: 1 })).sameOrder, true);
    });
  });
}

describe('Analysis of a large matrix', () => {
  it('ranks the best tokens without reading most rows', async () => {
    const source = sourceWith(gaussianMatrix(12_000, 64, 5));
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    const { neighbors } = await engine.ask('neighbors', { query: one(17), k: 200 });
    source.copies.length = 0;
    const { ranks } = await engine.ask('ranks', {
      query: one(17),
      metric: 'cosine',
      ids: neighbors.map(({ id }) => id),
    });
    assert.deepEqual(
      [...ranks],
      neighbors.map((_, index) => index + 1),
    );
    const read = source.copies.reduce((sum, count) => sum + count, 0);
    assert.ok(read < 3000, `${read} rows were read`);
    await engine.release();
  });

  it('lets other questions in, and ends with the model', async () => {
    const source = sourceWith(gaussianMatrix(30_000, 64, 6));
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    const order: string[] = [];
    const verify = engine.ask('verify', REQUEST).then(() => order.push('verify'));
    const neighbors = engine.ask('neighbors', REQUEST).then(() => order.push('neighbors'));
    source.reads.length = 0;
    await Promise.all([verify, neighbors]);
    assert.deepEqual(order, ['neighbors', 'verify']);
    // All rows, each once, in several windows.
    assert.ok(source.reads.length > 2);
    assert.equal(
      source.reads.reduce((end, [firstRow, rows]) => (firstRow === end ? end + rows : NaN), 0),
      source.rowCount,
    );

    const asked = [
      engine.ask('verify', REQUEST),
      engine.ask('compare', [REQUEST.query]),
      engine.ask(
        'embeddingsTsv',
        Array.from({ length: 500 }, (_, id) => id),
      ),
    ];
    const refused = Promise.all(asked.map((question) => assert.rejects(question, EngineUnavailableError)));
    await settle();
    await engine.release();
    // Nothing reads a file that is closed.
    const reads = source.reads.length + source.copies.length;
    await refused;
    assert.equal(source.reads.length + source.copies.length, reads);
    assert.equal(source.closed, 1);
  });

  it('closes the file only when nothing reads it any more', async () => {
    const source = sourceWith(HARD);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    let endRead: () => void = () => undefined;
    source.beforeRead = () =>
      new Promise((resolve) => {
        endRead = resolve;
      });
    const refused = assert.rejects(engine.ask('compare', [one(hardRow(0))]), EngineUnavailableError);
    await settle();
    const released = engine.release();
    await settle();
    assert.equal(source.closed, 0);
    endRead();
    await Promise.all([refused, released]);
    assert.equal(source.closed, 1);
  });

  it('hands the arrays of a worker over instead of copying them', async () => {
    const source = sourceWith(HARD);
    const worker = new LocalWorker(new InProcessEngine({ openSource: source.open }));
    const engine = new WorkerEngine(() => worker);
    await engine.load(LOCATION);
    const part = new Uint32Array(new ArrayBuffer(400), 40, 29).fill(7);
    await engine.ask('ranks', { query: one(hardRow(0)), metric: 'cosine', ids: [hardRow(1)], allowed: part });
    assert.deepEqual([...part], new Array(29).fill(7));
    const [asked] = worker.parametersOf('ranks').map(({ allowed }) => allowed);
    assert.ok(asked);
    assert.deepEqual(asked, part);
    assert.equal(asked.buffer.byteLength, 29 * 4, 'only its own part of a buffer is sent');
    await engine.ask('compare', [one(hardRow(0)), one(hardRow(1))]);
    const handedOver = arraysIn(worker.answers);
    assert.deepEqual(
      handedOver.map(({ byteLength }) => byteLength),
      new Array(2 + 8).fill(0),
    );
    await engine.release();
  });
});

describe('Verify', () => {
  const matrix = gaussianMatrix(500, 16, 8);

  /** A search that answers wrongly. */
  class WrongSearch extends LoopSearch {
    constructor(private readonly distort: (ranked: RankedRows) => RankedRows) {
      super(loopOver(matrix).rows);
    }

    override search(request: SearchRequest): RankedRows {
      return this.distort(super.search(request));
    }
  }

  const analysisOf = (source: EmbeddingSource, search: EmbeddingSearch): ModelAnalysis =>
    new ModelAnalysis(source, search, () => Promise.resolve(), new AbortController().signal);

  it('finds a search that leaves a row out, one that swaps rows, and one whose score is off', async () => {
    const { signal } = new AbortController();
    const verify = (distort: (ranked: RankedRows) => RankedRows) =>
      verifySearch(analysisOf(sourceOf(matrix), new WrongSearch(distort)), { query: one(3), k: 20 }, signal);
    const right = await verify((ranked) => ranked);
    assert.equal(right.sameOrder, true);
    assert.ok(right.largestDifference < 1e-14);
    const missing = await verify((ranked) => ({
      ...ranked,
      ids: ranked.ids.map((id, index) => (index === 7 ? 499 : id)),
    }));
    assert.equal(missing.sameOrder, false);
    const swapped = await verify((ranked) => {
      const ids = ranked.ids.slice();
      [ids[4], ids[5]] = [ids[5] ?? 0, ids[4] ?? 0];
      return { ...ranked, ids };
    });
    assert.equal(swapped.sameOrder, false);
    const off = await verify((ranked) => ({
      ...ranked,
      scores: ranked.scores.map((score, index) => score + (index === 9 ? 1e-4 : 0)),
    }));
    assert.ok(Math.abs(off.largestDifference - 1e-4) < 1e-12);
  });

  it('sees a file whose rows are not those of the index', async () => {
    const other = gaussianMatrix(500, 16, 9);
    const { signal } = new AbortController();
    const analysis = analysisOf(sourceOf(other), loopOver(matrix));
    const verification = await verifySearch(analysis, { query: one(3), k: 20 }, signal);
    assert.equal(verification.sameOrder, false);
    assert.ok(verification.correlation < 0.5);
    assert.ok(verification.largestDifference > 0.1);
  });
});

describe('EmbeddingSession and the analysis', () => {
  const CALLS = {
    ranks: (session) => session.ask('ranks', { query: REQUEST.query, metric: 'dot', ids: [2] }),
    compare: (session) => session.ask('compare', [REQUEST.query]),
    measureToken: (session) => session.ask('measureToken', 2),
    verify: (session) => session.ask('verify', REQUEST),
    embeddingsTsv: (session) => session.ask('embeddingsTsv', [2, 3]),
  } satisfies Record<string, (session: ReturnType<typeof setUp>['session']) => Promise<unknown>>;

  for (const [name, call] of Object.entries(CALLS)) {
    it(`loads first where needed, and asks once more when the engine lost its model: ${name}`, async () => {
      const setup = setUp();
      const first = call(setup.session);
      await settle();
      setup.engine.loads[0]?.finish();
      assert.ok(await first);
      assert.equal(stateOf(setup.session), 'ready');
      setup.engine.loaded = undefined;
      const second = call(setup.session);
      await settle();
      assert.equal(setup.engine.loads.length, 2);
      setup.engine.loads[1]?.finish();
      assert.deepEqual(await second, await first);
      assert.equal(setup.engine.searches, 3);
      setup.session.dispose();
      await assert.rejects(call(setup.session), isAbort);
    });
  }

  it('passes on what the engine refuses', async () => {
    const setup = setUp();
    await ready(setup);
    setup.engine.onSearch = () => {
      throw new RangeError('no such token');
    };
    await assert.rejects(setup.session.ask('measureToken', 99), /no such token/);
    assert.equal(stateOf(setup.session), 'ready');
    setup.session.dispose();
  });
});
