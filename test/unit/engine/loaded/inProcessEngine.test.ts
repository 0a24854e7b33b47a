import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { CheckpointError } from '../../../../src/core/safetensors/checkpointError';
import type { LoadProgress } from '../../../../src/engine/questions/loadOptions';
import type { NeighborRequest } from '../../../../src/engine/questions/neighborAnswer';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';
import { openEmbeddingSource } from '../../../../src/model/embeddingSource';
import { CountingFiles } from '../../../fixtures/checkpoints/countingReader';
import { safetensorsBytes } from '../../../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../../../fixtures/checkpoints/temporaryFolder';
import { BruteForce, ORACLE_METRICS, type OracleMetric } from '../../embedding/bruteForce';
import { adversarialMatrix, gaussianMatrix, rowOf, type TestMatrix } from '../../embedding/testMatrix';
import { FakeSource } from '../fakeSource';

const LOCATION = { kind: 'file', path: '/models/fake.safetensors' } as const;

function one(id: number, k: number): NeighborRequest {
  return { query: { terms: [{ weight: 1, id }] }, k };
}

/** Mean score of the ranked rows; of distances the root of the mean square. */
function meanScore(scores: Float64Array, metric: OracleMetric): number {
  const ranked = scores.filter((score) => !Number.isNaN(score));
  const isSquared = metric === 'euclidean';
  const mean = ranked.reduce((sum, score) => sum + (isSquared ? score * score : score), 0) / ranked.length;
  return isSquared ? Math.sqrt(mean) : mean;
}

function isUnavailable(error: unknown): boolean {
  return EngineUnavailableError.is(error);
}

function isChanged(error: unknown): boolean {
  return EngineUnavailableError.is(error) && error.reason === 'changed';
}

describe('InProcessEngine', () => {
  it('answers with the nearest rows by each metric, their scores and lengths, the average, and the model', async () => {
    const source = new FakeSource(700, 24);
    const engine = new InProcessEngine({ openSource: source.open });
    const model = await engine.load(LOCATION);
    assert.deepEqual(model, source.identity());
    const oracle = new BruteForce(source);
    for (const metric of ORACLE_METRICS) {
      const answer = await engine.ask('neighbors', { ...one(17, 5), metric });
      const scores = oracle.scores(source.row(17), metric);
      const expected = oracle.ranking(scores, metric);
      assert.deepEqual(
        answer.neighbors.map(({ id, score }) => [id, score]),
        expected.ids.slice(0, 5).map((id) => [id, scores[id]]),
      );
      for (const { id, norm } of answer.neighbors) {
        assert.ok(Math.abs(norm - Math.hypot(...source.row(id))) < 1e-12);
      }
      // `cosine` is a product with a mean of single precision, `centered` a mean of screened scores, whose bounds are about 0.01 wide
      // and do not lean to one side; the others are of double precision.
      const tolerance = { cosine: 1e-5, centered: 1e-3, dot: 1e-9, euclidean: 1e-6 }[metric];
      assert.ok(Math.abs((answer.averageScore ?? NaN) - meanScore(scores, metric)) < tolerance, metric);
      assert.deepEqual([answer.metric, answer.combination], [metric, metric === 'cosine' ? 'unit' : 'raw']);
      assert.deepEqual([answer.model, answer.source], [model, 'index']);
      assert.ok(answer.milliseconds >= 0);
      assert.deepEqual([answer.projection, answer.distribution], [undefined, undefined]);
    }
    // Cosine where no metric is named.
    const [named, unnamed] = [
      await engine.ask('neighbors', { ...one(9, 9), metric: 'cosine' }),
      await engine.ask('neighbors', one(9, 9)),
    ];
    assert.deepEqual([unnamed.neighbors, unnamed.metric], [named.neighbors, 'cosine']);
  });

  it('adds rows up at unit length where directions are compared, and as they are where lengths count', async () => {
    const source = new FakeSource(300, 10);
    source.row(4).set(source.row(4).map((value) => value * 50));
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    const oracle = new BruteForce(source);
    const terms = [
      { weight: 1, id: 4 },
      { weight: -1, id: 8 },
      { weight: 1, id: 15 },
    ];
    for (const metric of ORACLE_METRICS) {
      const query = new Float64Array(10);
      for (const { weight, id } of terms) {
        const length = metric === 'cosine' ? Math.hypot(...source.row(id)) : 1;
        source.row(id).forEach((value, j) => {
          query[j] = (query[j] ?? 0) + (weight * value) / length;
        });
      }
      const scores = oracle.scores(query, metric);
      const expected = oracle.ranking(scores, metric);
      const { neighbors } = await engine.ask('neighbors', { query: { terms }, metric, k: 30 });
      assert.deepEqual(
        neighbors.map(({ id }) => id),
        expected.ids.slice(0, 30),
      );
      neighbors.forEach(({ id, score }) => {
        assert.ok(Math.abs(score - (scores[id] ?? NaN)) <= 1e-13 * Math.max(1, Math.abs(score)));
      });
    }
  });

  it('answers only rows that are allowed, and several questions as one by one', async () => {
    const source = new FakeSource(200, 16);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    const allowed = new Uint32Array(7).fill(0x11111111);
    const requests = ORACLE_METRICS.flatMap((metric): NeighborRequest[] => [
      { ...one(3, 60), metric, allowed },
      { ...one(77, 4), metric },
    ]);
    const together = await engine.ask('neighborsOfMany', requests);
    for (const [index, request] of requests.entries()) {
      const alone = await engine.ask('neighbors', request);
      assert.deepEqual(together[index]?.neighbors, alone.neighbors);
      if (request.allowed) {
        assert.equal(alone.neighbors.length, 50);
        assert.ok(alone.neighbors.every(({ id }) => id % 4 === 0));
      }
    }
    assert.deepEqual(await engine.ask('neighborsOfMany', []), []);
  });

  it('counts how the scores of all ranked rows are distributed', async () => {
    const source = new FakeSource(900, 60);
    source.row(5).fill(NaN);
    const oracle = new BruteForce(source);
    for (const kernel of ['fastest', 'loop'] as const) {
      const engine = new InProcessEngine({ openSource: source.open, kernel });
      await engine.load(LOCATION);
      for (const metric of ORACLE_METRICS) {
        const { distribution } = await engine.ask('neighbors', { ...one(17, 1), metric, distribution: true });
        assert.ok(distribution !== undefined);
        const { from, to, counts } = distribution;
        assert.equal(
          counts.reduce((sum, count) => sum + count, 0),
          899,
        );
        const exact = Array.from(oracle.scores(source.row(17), metric)).filter(
          (score) => !Number.isNaN(score),
        );
        // Scores are screened ones. Their bounds are about 0.02 wide for unit vectors, whose lengths here are near √60.
        const width = { cosine: 0.02, centered: 0.02, dot: 0.02 * 60, euclidean: 0.5 }[metric];
        // The row itself, at a distance of 0, is where the error is largest: √(2 · 0.02 · 60).
        assert.ok(Math.abs(from - Math.min(...exact)) <= (metric === 'euclidean' ? 1.6 : width));
        assert.ok(Math.abs(to - Math.max(...exact)) <= width);
        let below = 0;
        counts.forEach((count, bin) => {
          below += count;
          const edge = from + ((bin + 1) * (to - from)) / counts.length;
          const fewest = exact.filter((score) => score < edge - width).length;
          const most = exact.filter((score) => score < edge + width).length;
          assert.ok(
            below >= fewest && below <= most,
            `${metric}: ${below} below ${edge}, not ${fewest} … ${most}`,
          );
        });
      }
      const nothing = await engine.ask('neighbors', {
        query: { terms: [] },
        metric: 'dot',
        k: 1,
        distribution: true,
      });
      assert.deepEqual(
        [nothing.distribution?.from, nothing.distribution?.to, nothing.distribution?.counts[0]],
        [0, 0, 899],
      );
      await engine.release();
    }
  });

  it('maps at most 200 neighbors, and degenerate neighborhoods to zeros', async () => {
    const source = new FakeSource(400, 12);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    const many = await engine.ask('neighbors', { ...one(3, 350), projection: true });
    assert.equal(many.neighbors.length, 350);
    assert.equal(many.projection?.points.length, 200);
    assert.equal(many.projection.misplaced.length, 200);
    const single = await engine.ask('neighbors', { ...one(3, 1), projection: true });
    assert.deepEqual(single.projection, {
      query: [0, 0],
      points: [[0, 0]],
      explained: [0, 0],
      misplaced: [false],
    });
    const zero = await engine.ask('neighbors', {
      query: { terms: [] },
      metric: 'dot',
      k: 3,
      projection: true,
    });
    assert.deepEqual(
      zero.neighbors.map(({ id, score }) => [id, score]),
      [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
    );
    assert.ok(zero.projection?.points.flat().every(Number.isFinite));
  });

  it('refuses by the two cosines what has no direction: rows that cancel out, rows of zeros, the mean row', async () => {
    const source = new FakeSource(300, 12);
    source.row(7).fill(0);
    source.row(8).set(source.row(9));
    const nothing = { terms: [] };
    const itself = { terms: [1, -1].map((weight) => ({ weight, id: 3 })) };
    const twins = { terms: [{ weight: 1, id: 8 }, { weight: -1, id: 9 }] }; // prettier-ignore
    const zeroRow = { terms: [{ weight: 1, id: 7 }] };
    for (const kernel of ['fastest', 'loop'] as const) {
      const engine = new InProcessEngine({ openSource: source.open, kernel });
      await engine.load(LOCATION);
      for (const query of [nothing, itself, twins, zeroRow]) {
        const refused = {
          name: 'RangeError',
          message: /is zero.*no direction.*Euclidean distance and dot product/,
        };
        const asked = { query, k: 3, metric: 'cosine' } as const;
        await assert.rejects(engine.ask('neighbors', asked), refused);
        await assert.rejects(engine.ask('neighborsOfMany', [one(3, 1), asked]), refused);
        await assert.rejects(engine.ask('verify', asked), refused);
        await assert.rejects(engine.ask('ranks', { query, metric: 'cosine', ids: [0] }), refused);
        for (const metric of ['euclidean', 'dot'] as const) {
          assert.equal((await engine.ask('neighbors', { query, k: 3, metric })).neighbors.length, 3);
        }
      }
      // Less the mean row, the zero vector has a direction, unless each term is taken less it.
      for (const query of [nothing, itself, twins, zeroRow]) {
        const asked = { query, k: 3, metric: 'centered' } as const;
        assert.notEqual((await engine.ask('neighbors', asked)).neighbors[0]?.score, 0);
      }
      for (const query of [nothing, itself, twins]) {
        const asked = { query: { ...query, centerEachTerm: true }, k: 3, metric: 'centered' } as const;
        await assert.rejects(engine.ask('neighbors', asked), {
          name: 'RangeError',
          message: /mean of all rows.*no direction/,
        });
      }
      // A row of zeros is listed by cosine as 0, after all that point the same way.
      const { neighbors } = await engine.ask('neighbors', { ...one(3, 300), metric: 'cosine' });
      const scores = neighbors.map(({ score }) => score);
      assert.equal(neighbors.find(({ id }) => id === 7)?.score, 0);
      assert.deepEqual(
        scores,
        [...scores].sort((a, b) => b - a),
      );
      await engine.release();
    }
  });

  it('reports progress up to the last row, keeps the file open for rows, and closes it when it is released', async () => {
    for (const kernel of ['fastest', 'loop'] as const) {
      const source = new FakeSource(5000, 700);
      const engine = new InProcessEngine({ openSource: source.open, kernel });
      const progress: LoadProgress[] = [];
      await engine.load(LOCATION, { onProgress: (step) => progress.push(step) });
      assert.ok(source.reads.length > 2);
      assert.ok(source.reads.every(([, rows]) => rows * 700 * 4 <= 4 * 1024 * 1024));
      assert.deepEqual([progress[0]?.rowsDone, progress.at(-1)?.rowsDone], [0, 5000]);
      assert.ok(progress.every(({ rowCount, model }) => rowCount === 5000 && model.name === 'fake'));
      assert.equal(source.closed, 0);
      await engine.release();
      assert.equal(source.closed, 1);
      await engine.release();
      assert.equal(source.closed, 1);
    }
  });

  it('warns about rows with NaN or infinity, and never ranks them', async () => {
    const source = new FakeSource(30, 4);
    source.row(5).fill(NaN);
    source.row(9)[2] = Infinity;
    source.row(12)[0] = -Infinity;
    for (const kernel of ['fastest', 'loop'] as const) {
      const engine = new InProcessEngine({ openSource: source.open, kernel });
      const model = await engine.load(LOCATION);
      assert.deepEqual(model.warnings, [
        'an odd thing',
        '3 rows hold NaN or infinity and are not ranked: ids 5, 9, 12.',
      ]);
      for (const metric of ORACLE_METRICS) {
        const { neighbors, averageScore } = await engine.ask('neighbors', { ...one(0, 30), metric });
        assert.equal(neighbors.length, 27);
        assert.ok(neighbors.every(({ id }) => ![5, 9, 12].includes(id)));
        assert.ok(Number.isFinite(averageScore));
      }
      await assert.rejects(engine.ask('neighbors', one(9, 3)), {
        name: 'RangeError',
        message: /9 holds NaN/,
      });
      await assert.rejects(engine.ask('neighbors', one(30, 3)), { name: 'RangeError', message: /0 … 29/ });
    }
  });

  it('has nothing before a load, after release, and after a failed load', async () => {
    const source = new FakeSource(10, 3);
    const engine = new InProcessEngine({ openSource: source.open });
    const unavailable = (error: unknown): boolean =>
      EngineUnavailableError.is(error) && error.reason === 'not-loaded';
    await assert.rejects(engine.ask('neighbors', one(0, 1)), unavailable);
    await assert.rejects(engine.ask('neighborsWithoutIndex', [one(0, 1)]), unavailable);
    await engine.load(LOCATION);
    await engine.ask('neighbors', one(0, 1));
    await engine.release();
    await assert.rejects(engine.ask('neighbors', one(0, 1)), unavailable);
    await engine.load(LOCATION);
    source.beforeRead = () => {
      throw new CheckpointError('truncated', '/models/fake.safetensors', 'it ends early.');
    };
    await assert.rejects(engine.load(LOCATION), { name: 'CheckpointError', reason: 'truncated' });
    await assert.rejects(engine.ask('neighbors', one(0, 1)), unavailable);
    assert.equal(source.closed, source.opened);
  });

  it('stops between windows when canceled, with the reason of the signal, and closes the file', async () => {
    for (const kernel of ['fastest', 'loop'] as const) {
      const source = new FakeSource(5000, 700);
      const engine = new InProcessEngine({ openSource: source.open, kernel });
      const abort = new AbortController();
      const reason = new Error('changed my mind');
      await assert.rejects(
        engine.load(LOCATION, {
          signal: abort.signal,
          onProgress: ({ rowsDone }) => {
            if (rowsDone > 0) {
              abort.abort(reason);
            }
          },
        }),
        reason,
      );
      const rows = source.reads.reduce((sum, [, count]) => sum + count, 0);
      assert.ok(rows < 12 * 5000, `${rows} rows were read`);
      assert.equal(source.closed, 1);
    }
  });

  it('sees a cancellation that arrives as a task while a source in memory is read', async () => {
    const source = new FakeSource(15_000, 700);
    const engine = new InProcessEngine({ openSource: source.open });
    const abort = new AbortController();
    setImmediate(() => {
      abort.abort(new Error('from a task'));
    });
    await assert.rejects(engine.load(LOCATION, { signal: abort.signal }), /from a task/);
    // The sample, and a window or two; all would be 41 more.
    assert.ok(source.reads.length < 12 + 4, `${source.reads.length} reads`);
    assert.equal(source.closed, 1);
  });

  it('runs loads one after the other; release ends them all', async () => {
    const source = new FakeSource(50, 4);
    const engine = new InProcessEngine({ openSource: source.open });
    let reading = 0;
    source.beforeRead = async () => {
      reading++;
      // Two windows are read in turn: while one is coded, the next one is read.
      assert.ok(reading <= 2);
      await new Promise(setImmediate);
      reading--;
    };
    await Promise.all([engine.load(LOCATION), engine.load(LOCATION), engine.load(LOCATION)]);
    assert.deepEqual([source.opened, source.closed], [3, 2]);
    const loads = [engine.load(LOCATION), engine.load(LOCATION)];
    const settled = Promise.allSettled(loads);
    await engine.release();
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(source.closed, source.opened);
    await engine.load(LOCATION);
    assert.equal((await engine.ask('neighbors', one(1, 2))).neighbors.length, 2);
  });

  it('says that a matrix is too large in MB, with the file', async () => {
    for (const [kernel, message] of [
      ['fastest', /137,\d{3} MB/],
      ['loop', /549,\d{3} MB/],
    ] as const) {
      const source = new FakeSource(10, 3);
      const engine = new InProcessEngine({
        kernel,
        openSource: async (location, options) => ({
          ...(await source.open(location, options)),
          identity: { ...source.identity(), rowCount: 2 ** 21, dimension: 2 ** 16 },
        }),
      });
      await assert.rejects(engine.load(LOCATION), {
        name: 'CheckpointError',
        reason: 'too-large',
        source: '/models/fake.safetensors',
        message,
      });
      assert.equal(source.closed, 1);
    }
  });

  it('answers the same with the plain loop', async () => {
    const source = new FakeSource(600, 40);
    const [fastest, loop] = await Promise.all(
      (['fastest', 'loop'] as const).map(async (kernel) => {
        const engine = new InProcessEngine({ openSource: source.open, kernel });
        await engine.load(LOCATION);
        const requests = ORACLE_METRICS.map((metric) => ({ ...one(5, 50), metric, projection: true }));
        return Promise.all(requests.map((request) => engine.ask('neighbors', request)));
      }),
    );
    assert.deepEqual([fastest?.[0]?.source, loop?.[0]?.source], ['index', 'loop']);
    assert.deepEqual(
      fastest?.map(({ neighbors, projection }) => [neighbors, projection]),
      loop?.map(({ neighbors, projection }) => [neighbors, projection]),
    );
  });

  it('opens without an index when it may come later: what needs none is answered, or not, and a question brings it', async () => {
    const source = new FakeSource(500, 20);
    const engine = new InProcessEngine({ openSource: source.open });
    const model = await engine.load(LOCATION, { indexLater: true });
    assert.deepEqual(model, source.identity());
    assert.equal(source.reads.length, 0);
    const requests: NeighborRequest[] = [one(3, 4), { ...one(3, 4), metric: 'centered' }];
    assert.deepEqual(await engine.ask('neighborsWithoutIndex', requests), [undefined, undefined]);
    assert.deepEqual([source.reads.length, source.copies.length], [0, 0]);
    const plain = await engine.ask('neighbors', one(3, 4));
    const [without, centered] = await engine.ask('neighborsWithoutIndex', requests);
    assert.deepEqual(without?.neighbors, plain.neighbors);
    assert.equal(centered, undefined, 'the centered lengths have not been measured');
    const asked = await engine.ask('neighbors', { ...one(3, 4), metric: 'centered' });
    const reads = source.reads.length;
    const again = await engine.ask('neighborsWithoutIndex', requests);
    assert.deepEqual(again[1]?.neighbors, asked.neighbors);
    assert.equal(source.reads.length, reads);
  });

  it('builds one index for questions that come together, and tries again after a failure', async () => {
    const source = new FakeSource(300, 8);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION, { indexLater: true });
    source.beforeRead = () => {
      throw new CheckpointError('truncated', '/models/fake.safetensors', 'it ends early.');
    };
    await assert.rejects(engine.ask('neighbors', one(1, 2)), {
      name: 'CheckpointError',
      reason: 'truncated',
    });
    source.beforeRead = () => undefined;
    source.reads.length = 0;
    await Promise.all([1, 2, 3].map((id) => engine.ask('neighbors', one(id, 2))));
    // The sample, and all rows.
    assert.equal(source.reads.length, 2);
    // So it is with what only `centered` needs.
    source.beforeRead = () => {
      throw new CheckpointError('truncated', '/models/fake.safetensors', 'it ends early.');
    };
    const centered = { ...one(1, 2), metric: 'centered' } as const;
    await assert.rejects(engine.ask('neighbors', centered), { name: 'CheckpointError', reason: 'truncated' });
    assert.equal((await engine.ask('neighbors', one(1, 2))).neighbors.length, 2);
    source.beforeRead = () => undefined;
    assert.equal((await engine.ask('neighbors', centered)).neighbors.length, 2);
  });

  it('ends questions that wait for the index when it is released', async () => {
    const source = new FakeSource(5000, 100);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION, { indexLater: true });
    const waiting = assert.rejects(engine.ask('neighbors', one(1, 2)), isUnavailable);
    await engine.release();
    await waiting;
    assert.equal(source.closed, 1);
  });

  it('reads no row any more for a question that meets its release', async () => {
    const source = new FakeSource(300, 10);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    await engine.ask('neighbors', { ...one(1, 2), metric: 'centered' });
    for (const metric of ORACLE_METRICS) {
      source.copies.length = 0;
      const released = engine.release();
      await assert.rejects(engine.ask('neighbors', { ...one(1, 2), metric }), isUnavailable);
      await released;
      assert.deepEqual(source.copies, []);
      await engine.load(LOCATION);
    }
  });

  it('answers nothing more once the file has changed, until it is loaded again', async () => {
    const source = new FakeSource(40, 6);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    source.isUnchanged = false;
    await assert.rejects(engine.ask('neighbors', one(1, 2)), isChanged);
    await assert.rejects(engine.ask('neighborsOfMany', [one(1, 2)]), isChanged);
    await assert.rejects(engine.ask('neighborsWithoutIndex', [one(1, 2)]), isChanged);
    source.isUnchanged = true;
    await engine.load(LOCATION);
    assert.equal((await engine.ask('neighbors', one(1, 2))).neighbors.length, 2);
  });
});

describe('InProcessEngine with a cache folder', () => {
  const inFolder = useTemporaryFolder();
  const engines: InProcessEngine[] = [];

  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.release()));
  });

  function newEngine(files = new CountingFiles()): InProcessEngine {
    const engine = new InProcessEngine({
      openSource: (location, options) =>
        openEmbeddingSource(location, { ...options, openReader: files.openReader }),
    });
    engines.push(engine);
    return engine;
  }

  async function writeModel(matrix: TestMatrix, name = 'model.safetensors'): Promise<string> {
    const { rowCount, dimension, values } = matrix;
    const bytes = new Uint8Array(values.buffer);
    const tensor = { name: 'wte.weight', dtype: 'F32', shape: [rowCount, dimension], bytes };
    await fs.writeFile(inFolder(name), safetensorsBytes([tensor]));
    return inFolder(name);
  }

  /** Fails unless some questions are answered as brute force does. */
  async function checkAnswers(engine: InProcessEngine, matrix: TestMatrix): Promise<void> {
    const oracle = new BruteForce(matrix);
    for (const metric of ORACLE_METRICS) {
      const [id = 0] = oracle.ranked.slice(7);
      const scores = oracle.scores(rowOf(matrix, id), metric);
      const expected = oracle.ranking(scores, metric);
      const { neighbors } = await engine.ask('neighbors', { ...one(id, 40), metric });
      assert.deepEqual(
        neighbors.map((neighbor) => [neighbor.id, neighbor.score]),
        expected.ids.slice(0, 40).map((found) => [found, scores[found]]),
      );
    }
  }

  /** The kept indexes, as soon as there is one: nobody waits for it to be written. */
  async function indexFiles(): Promise<string[]> {
    for (;;) {
      const names = await fs.readdir(inFolder('cache')).catch(() => []);
      const kept = names.filter((name) => name.endsWith('.index'));
      if (kept.length > 0) {
        return kept.map((name) => path.join(inFolder('cache'), name));
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Bytes of rows that were read since the last call. */
  function rowBytesRead(files: CountingFiles, file: string, matrix: TestMatrix, size: number): number {
    const start = size - matrix.values.byteLength;
    const read = files.reads
      .splice(0)
      .filter(({ source }) => source === file)
      .reduce((sum, { offset, length }) => sum + Math.max(0, offset + length - Math.max(start, offset)), 0);
    return read;
  }

  it('reads the index at the second load, and no row, and answers the same', async () => {
    const matrix = adversarialMatrix(3000, 64, 101);
    const file = await writeModel(matrix);
    const { size } = await fs.stat(file);
    const location = { kind: 'file', path: file } as const;
    const cacheFolder = inFolder('cache');
    const files = new CountingFiles();
    const first = newEngine(files);
    const model = await first.load(location, { cacheFolder });
    assert.ok(rowBytesRead(files, file, matrix, size) >= matrix.values.byteLength);
    await checkAnswers(first, matrix);
    assert.equal((await indexFiles()).length, 1);
    files.reads.length = 0;
    for (const indexLater of [false, true]) {
      const second = newEngine(files);
      assert.deepEqual((await second.load(location, { cacheFolder, indexLater })).rowCount, 3000);
      assert.equal(rowBytesRead(files, file, matrix, size), 0);
      const answer = await second.ask('neighbors', { ...one(7, 5), metric: 'centered' });
      // Warnings about rows need no rows either.
      assert.deepEqual(answer.model, model);
      await checkAnswers(second, matrix);
      assert.equal(rowBytesRead(files, file, matrix, size), 0, 'all is read synchronously, and little');
    }
  });

  it('builds the index again, and says nothing, where the kept one is damaged, cut off, or of another version', async () => {
    const matrix = gaussianMatrix(1500, 40, 102);
    const file = await writeModel(matrix);
    const { size } = await fs.stat(file);
    const location = { kind: 'file', path: file } as const;
    const cacheFolder = inFolder('cache');
    const first = newEngine();
    const model = await first.load(location, { cacheFolder });
    await checkAnswers(first, matrix);
    const [kept = ''] = await indexFiles();
    const whole = await fs.readFile(kept);
    const damages: Buffer[] = [
      Buffer.alloc(0),
      whole.subarray(0, 5),
      whole.subarray(0, whole.length - 1),
      Buffer.from(whole.toString('latin1').replace(/"contentVersion":\d/, '"contentVersion":9'), 'latin1'),
      // One bit of each byte of a run that is longer than any gap between two sections.
      ...[0, 9, 1000, whole.length >> 2, whole.length >> 1, whole.length - 5000].map((start) => {
        const flipped = Buffer.from(whole);
        flipped.subarray(start, start + 5000).forEach((byte, i, run) => {
          run[i] = byte ^ 0x10;
        });
        return flipped;
      }),
    ];
    for (const [index, damaged] of damages.entries()) {
      await fs.writeFile(kept, damaged);
      const files = new CountingFiles();
      const engine = newEngine(files);
      assert.deepEqual(await engine.load(location, { cacheFolder }), model);
      const read = rowBytesRead(files, file, matrix, size);
      assert.ok(read >= matrix.values.byteLength, `damage ${index} was not seen`);
      await checkAnswers(engine, matrix);
      // And it is kept again, soon: this ends only when it is.
      while (!(await fs.readFile(kept)).equals(whole)) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  });

  it('does not use the index of a file that has changed', async () => {
    const [matrix, other] = [gaussianMatrix(900, 30, 103), gaussianMatrix(900, 30, 104)];
    const cacheFolder = inFolder('cache');
    const path = await writeModel(matrix);
    const engine = newEngine();
    await engine.load({ kind: 'file', path }, { cacheFolder });
    await checkAnswers(engine, matrix);
    await fs.rm(path);
    await assert.rejects(engine.ask('neighbors', one(1, 2)), isChanged);
    await writeModel(other);
    await assert.rejects(engine.ask('neighbors', one(1, 2)), isChanged);
    await engine.load({ kind: 'file', path }, { cacheFolder });
    await checkAnswers(engine, other);
  });

  it('works where nothing can be kept', async () => {
    const matrix = gaussianMatrix(300, 12, 105);
    const file = await writeModel(matrix);
    // A file is in the folder's place.
    await fs.writeFile(inFolder('cache'), 'not a folder');
    const engine = newEngine();
    await engine.load({ kind: 'file', path: file }, { cacheFolder: inFolder('cache') });
    await checkAnswers(engine, matrix);
    assert.equal(await fs.readFile(inFolder('cache'), 'utf8'), 'not a folder');
  });

  it('is shared by engines that load the same model at the same time', async () => {
    const matrix = gaussianMatrix(2000, 50, 106);
    const location = { kind: 'file', path: await writeModel(matrix) } as const;
    const cacheFolder = inFolder('cache');
    for (let round = 0; round < 2; round++) {
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          const engine = newEngine();
          await engine.load(location, { cacheFolder });
          await checkAnswers(engine, matrix);
        }),
      );
      assert.equal((await indexFiles()).length, 1);
    }
    await Promise.all(engines.splice(0).map((engine) => engine.release()));
    // Nothing is left of what several wrote at the same time.
    assert.equal((await fs.readdir(cacheFolder)).length, 1);
  });
});
