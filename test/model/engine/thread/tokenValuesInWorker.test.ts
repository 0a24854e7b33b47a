import assert from 'node:assert/strict';
import { METRICS, type Metric } from '../../../../src/core/embedding/metric';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';
import { startNodeWorker } from '../../../../src/engine/thread/nodeWorker';
import { WorkerEngine } from '../../../../src/engine/thread/workerEngine';
import { openEmbeddingSource } from '../../../../src/model/embeddingSource';
import type { ModelLocation } from '../../../../src/model/modelLocation';
import { useBundledProgram } from '../../../fixtures/bundledProgram';
import { ensurePlantedCheckpoint } from '../../../fixtures/checkpoints/plantedCheckpoint';
import { PLANTED } from '../../../fixtures/checkpoints/plantedNeighborhoods';

const QUERY = PLANTED.queries.mike.id;

/** Cosine, product and distance of one row with all, by plain sums in the order of the values. */
function plainFigures(
  rows: Float32Array,
  dimension: number,
): Readonly<Record<Exclude<Metric, 'centered'> | 'norm', Float64Array>> {
  const rowCount = rows.length / dimension;
  const query = rows.slice(QUERY * dimension, (QUERY + 1) * dimension);
  const queryNorm = Math.hypot(...query);
  const figures = {
    cosine: new Float64Array(rowCount),
    dot: new Float64Array(rowCount),
    euclidean: new Float64Array(rowCount),
    norm: new Float64Array(rowCount),
  };
  for (let row = 0; row < rowCount; row++) {
    let product = 0;
    let squared = 0;
    let squaredDistance = 0;
    for (let j = 0; j < dimension; j++) {
      const x = rows[row * dimension + j] ?? NaN;
      const y = query[j] ?? NaN;
      product += x * y;
      squared += x * x;
      squaredDistance += (y - x) ** 2;
    }
    const norm = Math.sqrt(squared);
    figures.dot[row] = product;
    figures.norm[row] = norm;
    figures.cosine[row] = norm === 0 ? 0 : product / (norm * queryNorm);
    figures.euclidean[row] = Math.sqrt(squaredDistance);
  }
  return figures;
}

describe('token values from a worker thread, on a full-size checkpoint', () => {
  const workerFile = useBundledProgram('src/engine/thread/engineWorker.ts');
  let location: ModelLocation;
  let engine: WorkerEngine;
  let rows: Float32Array;
  const all = Array.from({ length: PLANTED.rowCount }, (_, id) => id);

  before(async () => {
    location = { kind: 'folder', path: await ensurePlantedCheckpoint() };
    const source = await openEmbeddingSource(location, {});
    rows = new Float32Array(PLANTED.rowCount * PLANTED.dimension);
    await source.readRows(0, rows);
    await source.close();
  });

  beforeEach(() => {
    engine = new WorkerEngine(() => startNodeWorker(workerFile()));
  });

  afterEach(() => engine.release());

  it('are those of a plain loop over the file, for all tokens at once, though no index was read before', async () => {
    const figures = plainFigures(rows, PLANTED.dimension);
    await engine.load(location, { indexLater: true });
    for (const metric of ['cosine', 'dot', 'euclidean', 'norm'] as const) {
      const { values, percentiles } = await engine.ask('tokenValues', {
        measure:
          metric === 'norm'
            ? { kind: 'norm' }
            : { kind: 'similarity', query: { terms: [{ weight: 1, id: QUERY }] }, metric },
        ids: all,
      });
      values.forEach((value, id) => {
        const expected = figures[metric][id] ?? NaN;
        const scale = Math.max(1, Math.abs(expected), figures.norm[id] ?? NaN);
        // A root of roundings: the distance of a row from itself and its copies.
        const slack = metric === 'euclidean' ? 1e-6 : 1e-9;
        assert.ok(Math.abs(value - expected) <= slack * scale, `${metric} of ${id}: ${value}, ${expected}`);
      });
      const sorted = figures[metric].slice().sort();
      assert.deepEqual([percentiles[0], percentiles[100]], [Math.min(...values), Math.max(...values)]);
      percentiles.forEach((value, percent) => {
        const rank = Math.max(1, Math.ceil((percent * sorted.length) / 100));
        const expected = sorted[rank - 1] ?? NaN;
        const slack = metric === 'norm' ? 1e-9 : 0.05;
        assert.ok(
          Math.abs(value - expected) <= slack * Math.max(1, Math.abs(expected)),
          `${percent} % of ${metric}: ${value}, ${expected}`,
        );
      });
    }
  });

  it('are those of the engine in this thread, bit for bit', async () => {
    const local = new InProcessEngine();
    await Promise.all([engine.load(location), local.load(location)]);
    for (const measure of [
      { kind: 'centroidDistance' } as const,
      ...METRICS.map((metric) => ({
        kind: 'similarity' as const,
        query: { terms: PLANTED.analogy.terms, centerEachTerm: true },
        metric,
      })),
    ]) {
      assert.deepEqual(
        await engine.ask('tokenValues', { measure, ids: all }),
        await local.ask('tokenValues', { measure, ids: all }),
      );
    }
    await local.release();
  });

  it('can be canceled, and asked for again', async () => {
    await engine.load(location);
    const measure = {
      kind: 'similarity',
      query: { terms: [{ weight: 1, id: QUERY }] },
      metric: 'centered',
    } as const;
    const abort = new AbortController();
    const asked = engine.ask('tokenValues', { measure, ids: all }, abort.signal);
    setTimeout(() => {
      abort.abort(new Error('scrolled away'));
    }, 1);
    await assert.rejects(asked, /scrolled away/);
    assert.equal((await engine.ask('tokenValues', { measure, ids: [QUERY] })).values[0], 1);
  });
});
