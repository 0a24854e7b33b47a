import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { EmbeddingEngine } from '../../../../../src/engine/questions/embeddingEngine';
import { EngineUnavailableError } from '../../../../../src/engine/engineErrors';
import { InProcessEngine } from '../../../../../src/engine/loaded/inProcessEngine';
import { WorkerEngine } from '../../../../../src/engine/thread/workerEngine';
import { safetensorsBytes } from '../../../../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { rowOf, type TestMatrix } from '../../../../unit/embedding/testMatrix';
import { LocalWorker } from '../../../../unit/engine/thread/localWorker';

const ROWS = 300;
/** A row that is not a number. */
const UNRANKED = 17;

/** Rows along a spiral, one after the other: the nearest of each are those before and after it, and no list of 15 leads across. */
function spiral(): TestMatrix {
  const dimension = 3;
  const values = Float32Array.from({ length: ROWS * dimension }, (_, at) => {
    const turn = Math.floor(at / dimension) / ROWS;
    return [Math.cos(3 * turn), Math.sin(3 * turn), turn][at % dimension] ?? 0;
  });
  values.fill(NaN, UNRANKED * dimension, (UNRANKED + 1) * dimension);
  return { rowCount: ROWS, dimension, values };
}

function cosine(a: Float32Array, b: Float32Array): number {
  const product = a.reduce((sum, value, j) => sum + value * (b[j] ?? NaN), 0);
  return product / (Math.hypot(...a) * Math.hypot(...b));
}

describe('The way between two tokens', () => {
  const engines: EmbeddingEngine[] = [];

  // Before the folder is removed, into which they might still write.
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.release()));
  });

  const inFolder = useTemporaryFolder();
  const matrix = spiral();

  beforeEach(async () => {
    const { rowCount, dimension, values } = matrix;
    const bytes = new Uint8Array(values.buffer);
    const tensor = { name: 'wte.weight', dtype: 'F32', shape: [rowCount, dimension], bytes };
    await fs.writeFile(path.join(inFolder(), 'model.safetensors'), safetensorsBytes([tensor]));
  });

  async function loadWithGraph(engine: EmbeddingEngine): Promise<EmbeddingEngine> {
    engines.push(engine);
    const file = path.join(inFolder(), 'model.safetensors');
    await engine.load({ kind: 'file', path: file }, { cacheFolder: path.join(inFolder(), 'cache') });
    await engine.ask('buildGraph', undefined);
    return engine;
  }

  it('leads from near token to near token, here and from a worker', async () => {
    const here = await loadWithGraph(new InProcessEngine());
    const there = await loadWithGraph(new WorkerEngine(() => new LocalWorker(new InProcessEngine())));
    const way = await here.ask('pathBetween', { from: 250, to: 4 });
    assert.ok(way !== undefined);
    assert.deepEqual([way.ids[0], way.ids.at(-1)], [250, 4]);
    // Of short steps, each of them down the spiral.
    assert.ok(way.ids.length > 30);
    way.ids.slice(1).forEach((id, at) => {
      const before = way.ids[at] ?? -1;
      assert.ok(id < before && before - id <= 15, `${before} to ${id}`);
      const exact = cosine(rowOf(matrix, before), rowOf(matrix, id));
      assert.ok(Math.abs((way.similarities[at] ?? NaN) - exact) < 1e-7);
    });
    assert.deepEqual(await there.ask('pathBetween', { from: 250, to: 4 }), way);
  });

  it('is not there for a row without neighbors, and refused for what is no row', async () => {
    const engine = await loadWithGraph(new InProcessEngine());
    assert.equal(await engine.ask('pathBetween', { from: UNRANKED, to: 4 }), undefined);
    assert.equal(await engine.ask('pathBetween', { from: 4, to: UNRANKED }), undefined);
    for (const id of [ROWS, -1, 1.5, NaN]) {
      await assert.rejects(engine.ask('pathBetween', { from: 4, to: id }), /outside the vocabulary/);
    }
  });

  it('is not there without a graph', async () => {
    const engine = new InProcessEngine();
    engines.push(engine);
    await engine.load({ kind: 'file', path: path.join(inFolder(), 'model.safetensors') });
    assert.equal(await engine.ask('pathBetween', { from: 1, to: 4 }), undefined);
  });

  it('is given up when nobody wants it any more, and with the model', async () => {
    const engine = await loadWithGraph(new InProcessEngine());
    const abort = new AbortController();
    const withdrawn = engine.ask('pathBetween', { from: 250, to: 4 }, abort.signal);
    abort.abort(new Error('withdrawn'));
    await assert.rejects(withdrawn, /withdrawn/);
    const lost = engine.ask('pathBetween', { from: 250, to: 4 });
    const released = engine.release();
    await assert.rejects(lost, EngineUnavailableError);
    await released;
  });
});
