import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { EmbeddingEngine } from '../../../../../src/engine/questions/embeddingEngine';
import type { LayoutProgress } from '../../../../../src/engine/questions/vocabularyLayout';
import { InProcessEngine } from '../../../../../src/engine/loaded/inProcessEngine';
import { startNodeWorker } from '../../../../../src/engine/thread/nodeWorker';
import { WorkerEngine } from '../../../../../src/engine/thread/workerEngine';
import { useBundledProgram } from '../../../../fixtures/bundledProgram';
import { safetensorsBytes } from '../../../../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { groupedRows } from '../../../../unit/embedding/layout/smallLayout';
import { LocalWorker } from '../../../../unit/engine/thread/localWorker';

const ROWS = 400;
const DIMENSION = 24;
/** A row that is not a number, and one that is zero. */
const PLACELESS = [17, 203];

function rows(): Float32Array {
  const { values } = groupedRows(ROWS / 40, 40, DIMENSION, 3);
  values.fill(NaN, 17 * DIMENSION, 18 * DIMENSION);
  values.fill(0, 203 * DIMENSION, 204 * DIMENSION);
  return values;
}

describe('The layout of a model', () => {
  const engines: EmbeddingEngine[] = [];

  // Before the folder is removed, into which they might still write.
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.release()));
  });

  const inFolder = useTemporaryFolder();
  const workerFile = useBundledProgram('src/engine/thread/engineWorker.ts');

  beforeEach(async () => {
    const bytes = new Uint8Array(rows().buffer);
    const tensor = { name: 'wte.weight', dtype: 'F32', shape: [ROWS, DIMENSION], bytes };
    await fs.writeFile(path.join(inFolder(), 'model.safetensors'), safetensorsBytes([tensor]));
  });

  const cacheFolder = (): string => path.join(inFolder(), 'cache');
  const kept = async (): Promise<string[]> =>
    (await fs.readdir(cacheFolder()).catch(() => [])).filter((name) => name.endsWith('.layout'));

  async function load(engine: EmbeddingEngine = new InProcessEngine()): Promise<EmbeddingEngine> {
    engines.push(engine);
    const file = path.join(inFolder(), 'model.safetensors');
    await engine.load({ kind: 'file', path: file }, { cacheFolder: cacheFolder() });
    return engine;
  }

  it('is made from the graph, and opened by who asks next', async () => {
    const engine = await load();
    assert.equal(await engine.ask('layout', undefined), undefined);
    await engine.ask('buildGraph', undefined);
    assert.equal(await engine.ask('keptLayout', undefined), undefined);
    assert.deepEqual(await kept(), [], 'nothing is made by asking for what is kept');
    const progress: LayoutProgress[] = [];
    const made = await engine.ask('layout', undefined, undefined, (step) => progress.push(step));
    assert.equal(made?.source, 'made');
    assert.equal(made.placedCount, ROWS - PLACELESS.length);
    for (let row = 0; row < ROWS; row++) {
      const isPlaced = !PLACELESS.includes(row);
      assert.equal(Number.isFinite(made.positions[2 * row]), isPlaced);
      assert.equal(Number.isFinite(made.positions[2 * row + 1]), isPlaced);
    }
    // Groups of 40 rows: a row's neighbors are around it.
    assert.ok(made.figures.near > 0.9);
    assert.equal(progress[0]?.epoch, 0);
    assert.deepEqual(
      made.regions.map(({ resolution }) => resolution),
      [1, 10, 40],
    );
    for (const { regionOf, regionCount, typicalRows } of made.regions) {
      assert.ok(regionCount >= 2);
      assert.ok(PLACELESS.every((row) => regionOf[row] === 2 ** 32 - 1));
      // Of each region the most typical row is one of its own.
      for (let region = 0; region < regionCount; region++) {
        assert.equal(regionOf[typicalRows[24 * region] ?? NaN], region);
      }
    }
    const last = progress.at(-1);
    assert.equal(last?.fraction, 1);
    assert.deepEqual(last.positions, made.positions);
    assert.equal((await kept()).length, 1);

    const opened = await engine.ask('layout', undefined, undefined, () => {
      assert.fail('nothing is made again');
    });
    assert.deepEqual(opened, { ...made, source: 'kept' });
    assert.deepEqual(await engine.ask('keptLayout', undefined), opened);
  });

  it('is the same from a worker, which answers other questions in between', async () => {
    const here = await load();
    await here.ask('buildGraph', undefined);
    const expected = await here.ask('layout', undefined);
    // It would still keep its index there.
    await here.release();
    await fs.rm(cacheFolder(), { recursive: true });

    const worker = new WorkerEngine(() => new LocalWorker(new InProcessEngine()));
    const engine = await load(worker);
    await engine.ask('buildGraph', undefined);
    const order: string[] = [];
    const layout = engine.ask('layout', undefined, undefined, ({ fraction, positions }) => {
      assert.equal(positions.length, 2 * ROWS);
      order.push(fraction === 1 ? 'made' : 'unfolding');
    });
    const asked = engine.ask('neighbors', { query: { terms: [{ weight: 1, id: 3 }] }, k: 5 });
    await asked;
    order.push('answered');
    assert.deepEqual(await layout, expected);
    assert.ok(order.indexOf('answered') < order.indexOf('made'));
  });

  it('is the same from a thread', async () => {
    const here = await load();
    await here.ask('buildGraph', undefined);
    const expected = await here.ask('layout', undefined);
    // It would still keep its index there.
    await here.release();
    await fs.rm(cacheFolder(), { recursive: true });

    const engine = await load(new WorkerEngine(() => startNodeWorker(workerFile())));
    await engine.ask('buildGraph', undefined);
    assert.deepEqual(await engine.ask('layout', undefined), expected);
  });

  it('is given up when nobody wants it any more, and leaves nothing behind', async () => {
    const engine = await load();
    await engine.ask('buildGraph', undefined);
    const controller = new AbortController();
    const reason = new Error('closed by the test');
    const asked = engine.ask('layout', undefined, controller.signal, () => {
      controller.abort(reason);
    });
    await assert.rejects(asked, reason);
    assert.deepEqual(await kept(), []);
    assert.equal((await engine.ask('layout', undefined))?.source, 'made');
  });

  it('is made once for two who ask, both of whom see it unfold', async () => {
    const engine = await load();
    await engine.ask('buildGraph', undefined);
    const seen = [0, 0];
    const layouts = await Promise.all(
      seen.map((_, at) =>
        engine.ask('layout', undefined, undefined, () => {
          seen[at] = (seen[at] ?? 0) + 1;
        }),
      ),
    );
    assert.deepEqual(
      layouts.map((layout) => layout?.source),
      ['made', 'kept'],
    );
    assert.ok(seen.every((count) => count > 0));
    assert.equal(layouts[0]?.checksum, layouts[1]?.checksum);
  });

  it('ends with its engine', async () => {
    const engine = await load();
    await engine.ask('buildGraph', undefined);
    const asked = engine.ask('layout', undefined, undefined, () => {
      void engine.release();
    });
    await assert.rejects(asked, /released/);
    assert.deepEqual(await kept(), []);
  });

  it('unfolds from the linear map, which is shown before anything has moved', async () => {
    const engine = await load();
    await engine.ask('buildGraph', undefined);
    const linear = await engine.ask('linearMap', undefined);
    const progress: LayoutProgress[] = [];
    await engine.ask('layout', undefined, undefined, (step) => progress.push(step));
    const [first] = progress;
    assert.deepEqual([first?.epoch, first?.fraction], [0, 0]);
    const positions = first?.positions ?? assert.fail();
    const outermost = Math.max(...linear.positions.filter(Number.isFinite).map(Math.abs));
    positions.forEach((value, at) => {
      const scaled = (10 / outermost) * (linear.positions[at] ?? NaN);
      const isThere = Number.isNaN(scaled) ? Number.isNaN(value) : Math.abs(value - scaled) < 0.0011;
      assert.ok(isThere, `${value} is not ${scaled}`);
    });
  });

  it('needs no graph to be linear', async () => {
    const engine = await load(new WorkerEngine(() => new LocalWorker(new InProcessEngine())));
    const { positions, explained } = await engine.ask('linearMap', undefined);
    const placed = [...Array(ROWS).keys()].filter((row) => Number.isFinite(positions[2 * row]));
    assert.equal(placed.length, ROWS - PLACELESS.length);
    assert.ok(explained[0] >= explained[1] && explained[1] > 0);
    // What was handed over is there again for who asks next.
    assert.deepEqual(await engine.ask('linearMap', undefined), { positions, explained });
  });
});
