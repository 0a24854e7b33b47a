import assert from 'node:assert/strict';
import { scalarKernel } from '../../../src/core/embedding/kernel/scalarKernel';
import { CheckpointError } from '../../../src/core/safetensors/checkpointError';
import type { LoadProgress } from '../../../src/engine/embeddingEngine';
import { EngineUnavailableError } from '../../../src/engine/engineErrors';
import { InProcessEngine } from '../../../src/engine/inProcessEngine';
import { FakeSource } from './fakeSource';

const LOCATION = { kind: 'file', path: '/models/fake.safetensors' } as const;

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, j) => sum + value * (y[j] ?? NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function one(id: number, k: number): { query: { terms: { weight: number; id: number }[] }; k: number } {
  return { query: { terms: [{ weight: 1, id }] }, k };
}

describe('InProcessEngine', () => {
  it('answers with the nearest rows, their scores and lengths, the average, and the model', async () => {
    const source = new FakeSource(700, 24);
    const engine = new InProcessEngine({ openSource: source.open });
    const model = await engine.load(LOCATION);
    assert.deepEqual(model, source.identity());
    const answer = await engine.neighbors(one(17, 5));
    const scores = Array.from({ length: 700 }, (_, id) => cosine(source.row(17), source.row(id)));
    const expected = Array.from(scores.keys())
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
      .slice(0, 5);
    assert.deepEqual(
      answer.neighbors.map(({ id }) => id),
      expected,
    );
    assert.equal(answer.neighbors[0]?.score, 1);
    for (const { id, score, norm } of answer.neighbors) {
      assert.ok(Math.abs(score - (scores[id] ?? NaN)) < 1e-14);
      assert.ok(Math.abs(norm - Math.hypot(...source.row(id))) < 1e-12);
    }
    const mean = scores.reduce((sum, score) => sum + score, 0) / 700;
    assert.ok(Math.abs(answer.averageSimilarity - mean) < 2e-4);
    assert.deepEqual(answer.model, model);
    assert.ok(answer.milliseconds >= 0);
    assert.equal(answer.projection, undefined);
  });

  it('maps at most 200 neighbors, and degenerate neighborhoods to zeros', async () => {
    const source = new FakeSource(400, 12);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    const many = await engine.neighbors({ ...one(3, 350), projection: true });
    assert.equal(many.neighbors.length, 350);
    assert.equal(many.projection?.points.length, 200);
    assert.equal(many.projection.misplaced.length, 200);
    const single = await engine.neighbors({ ...one(3, 1), projection: true });
    assert.deepEqual(single.projection, {
      query: [0, 0],
      points: [[0, 0]],
      explained: [0, 0],
      misplaced: [false],
    });
    const zero = await engine.neighbors({ query: { terms: [] }, k: 3, projection: true });
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

  it('reads in portions of at most 4 MB, each row once, and reports progress up to the last row', async () => {
    const source = new FakeSource(5000, 700);
    const engine = new InProcessEngine({ openSource: source.open });
    const progress: LoadProgress[] = [];
    await engine.load(LOCATION, { onProgress: (step) => progress.push(step) });
    let next = 0;
    for (const [firstRow, rows] of source.reads) {
      assert.equal(firstRow, next);
      assert.ok(rows * 700 * 4 <= 4 * 1024 * 1024);
      next += rows;
    }
    assert.equal(next, 5000);
    assert.ok(source.reads.length > 2);
    assert.deepEqual([progress[0]?.rowsDone, progress.at(-1)?.rowsDone], [0, 5000]);
    assert.ok(progress.every(({ rowCount, model }) => rowCount === 5000 && model.name === 'fake'));
    assert.equal(source.closed, 1);
  });

  it('warns about rows with NaN or infinity, and never ranks them', async () => {
    const source = new FakeSource(30, 4);
    source.row(5).fill(NaN);
    source.row(9)[2] = Infinity;
    source.row(12)[0] = -Infinity;
    const engine = new InProcessEngine({ openSource: source.open });
    const model = await engine.load(LOCATION);
    assert.deepEqual(model.warnings, [
      'an odd thing',
      '3 rows hold NaN or infinity and are not ranked: ids 5, 9, 12.',
    ]);
    const { neighbors } = await engine.neighbors(one(0, 30));
    assert.equal(neighbors.length, 27);
    assert.ok(neighbors.every(({ id }) => ![5, 9, 12].includes(id)));
    await assert.rejects(engine.neighbors(one(9, 3)), { name: 'RangeError', message: /9 holds NaN/ });
    await assert.rejects(engine.neighbors(one(30, 3)), { name: 'RangeError', message: /0 … 29/ });
  });

  it('has nothing before a load, after release, and after a failed load', async () => {
    const source = new FakeSource(10, 3);
    const engine = new InProcessEngine({ openSource: source.open });
    const unavailable = (error: unknown): boolean =>
      EngineUnavailableError.is(error) && error.reason === 'not-loaded';
    await assert.rejects(engine.neighbors(one(0, 1)), unavailable);
    await engine.load(LOCATION);
    await engine.neighbors(one(0, 1));
    await engine.release();
    await assert.rejects(engine.neighbors(one(0, 1)), unavailable);
    await engine.load(LOCATION);
    source.beforeRead = () => {
      throw new CheckpointError('truncated', '/models/fake.safetensors', 'it ends early.');
    };
    await assert.rejects(engine.load(LOCATION), { name: 'CheckpointError', reason: 'truncated' });
    await assert.rejects(engine.neighbors(one(0, 1)), unavailable);
    assert.equal(source.closed, source.opened);
  });

  it('stops between portions when canceled, with the reason of the signal, and closes the file', async () => {
    const source = new FakeSource(5000, 700);
    const engine = new InProcessEngine({ openSource: source.open });
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
    assert.equal(source.reads.length, 1);
    assert.equal(source.closed, 1);
  });

  it('sees a cancellation that arrives as a task while a source in memory is read', async () => {
    const source = new FakeSource(5000, 700);
    const engine = new InProcessEngine({ openSource: source.open });
    const abort = new AbortController();
    setImmediate(() => {
      abort.abort(new Error('from a task'));
    });
    await assert.rejects(engine.load(LOCATION, { signal: abort.signal }), /from a task/);
    assert.ok(source.reads.length < 4);
  });

  it('runs loads one after the other; release ends them all', async () => {
    const source = new FakeSource(50, 4);
    const engine = new InProcessEngine({ openSource: source.open });
    let reading = 0;
    source.beforeRead = async () => {
      assert.equal(++reading, 1);
      await new Promise(setImmediate);
      reading--;
    };
    await Promise.all([engine.load(LOCATION), engine.load(LOCATION), engine.load(LOCATION)]);
    const loads = [engine.load(LOCATION), engine.load(LOCATION)];
    const settled = Promise.allSettled(loads);
    await engine.release();
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await engine.load(LOCATION);
    assert.equal((await engine.neighbors(one(1, 2))).neighbors.length, 2);
  });

  it('says that a matrix is too large in MB, with the file', async () => {
    const source = new FakeSource(10, 3);
    const engine = new InProcessEngine({
      openSource: async (location, options) => ({
        ...(await source.open(location, options)),
        identity: { ...source.identity(), rowCount: 2 ** 21, dimension: 2 ** 16 },
      }),
    });
    await assert.rejects(engine.load(LOCATION), {
      name: 'CheckpointError',
      reason: 'too-large',
      source: '/models/fake.safetensors',
      message: /824,\d{3} MB/,
    });
    assert.equal(source.closed, 1);
  });

  it('answers the same with the plain loop', async () => {
    const source = new FakeSource(600, 40);
    const engines = [undefined, () => scalarKernel].map(
      (createKernel) =>
        new InProcessEngine({ openSource: source.open, ...(createKernel && { createKernel }) }),
    );
    const answers = await Promise.all(
      engines.map(async (engine) => {
        await engine.load(LOCATION);
        return (await engine.neighbors({ ...one(5, 50), projection: true })).neighbors;
      }),
    );
    assert.deepEqual(answers[0], answers[1]);
  });
});
