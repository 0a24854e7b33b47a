// node measureLayout.mjs <checkpoint file or folder | sample> <empty folder> [whole]: the layout of the map of all tokens beside umap-js, which gets
// the same graph: of a slice of the rows, with `whole` of all of them as well.
import fs from 'node:fs/promises';
import path from 'node:path';
import { judgeLayout } from '../src/core/embedding/layout/layoutQuality';
import { placedNeighbors } from '../src/core/embedding/layout/placedNeighbors';
import { finish } from '../src/core/work/steps';
import { InProcessEngine } from '../src/engine/loaded/inProcessEngine';
import { positionsOfRows } from '../src/engine/loaded/layout/layoutReport';
import { ModelGraph } from '../src/engine/loaded/modelGraph';
import { openEmbeddingSource } from '../src/model/embeddingSource';
import { parseModelLocation } from '../src/model/parseModelLocation';
import { loadTokenizer } from '../src/model/tokenizers/loadTokenizer';
import { tokenizerForModel } from '../src/model/tokenizers/tokenizerForModel';
import { measureMap } from '../src/terminal/mapFigures';
import { safetensorsBytes } from '../test/fixtures/checkpoints/safetensorsBytes';
import { umapPositions } from '../test/fixtures/umapLayout';
import { measureManyPoints } from './measureManyPoints.mjs';

const [model, folder, extent] = process.argv.slice(2);
/** Rows of the slice: of so many, umap-js takes some seconds. */
const SLICE_ROWS = 6_000;
/** Tokens whose surroundings are ranked for the trustworthiness. */
const SAMPLED_TOKENS = 500;
/** As umap-js itself takes for as many points as the slice has. */
const UMAP_EPOCHS = 300;

const location = await parseModelLocation(model);

/** Seconds that a piece of work takes, and those of them in which a processor works for this process: the steadier figure. */
async function timed(work) {
  const begun = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  return [result, (performance.now() - begun) / 1000, busyMilliseconds(before) / 1000];
}

function busyMilliseconds(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The first rows as a checkpoint of their own. */
async function writeSlice() {
  const source = await openEmbeddingSource(location);
  try {
    const { rowCount, dimension } = source.identity;
    const shape = [Math.min(rowCount, SLICE_ROWS), dimension];
    const values = new Float32Array(shape[0] * dimension);
    await source.readRows(0, values);
    const file = path.join(folder, 'slice.safetensors');
    const tensor = { name: 'wte.weight', dtype: 'F32', shape, bytes: new Uint8Array(values.buffer) };
    await fs.writeFile(file, safetensorsBytes([tensor]));
    return { kind: 'file', path: file };
  } finally {
    await source.close();
  }
}

/** The neighbors that the layout is made from, out of the kept graph. */
async function keptNeighbors(of, cacheFolder) {
  const source = await openEmbeddingSource(of);
  const graph = new ModelGraph(source, cacheFolder, undefined);
  try {
    const whole = await graph.whole();
    return finish(
      placedNeighbors(await whole.readLists(new AbortController().signal), source.identity.rowCount),
    );
  } finally {
    await graph.close();
    await source.close();
  }
}

async function measure(of, name, withUmap) {
  const cacheFolder = path.join(folder, name);
  const engine = new InProcessEngine();
  const identity = await engine.load(of, { cacheFolder });
  const tokenizer = await tokenizerForModel(identity, loadTokenizer);
  const [, graphSeconds, graphBusy] = await timed(() => engine.ask('buildGraph', undefined));
  let firstPoints;
  const begun = performance.now();
  const busyBefore = process.cpuUsage();
  const [layout, seconds, busy] = await timed(() =>
    engine.ask('layout', undefined, undefined, () => {
      firstPoints ??= { milliseconds: performance.now() - begun, busy: busyMilliseconds(busyBefore) };
    }),
  );
  const figuresOf = async (figures, positions) => {
    const map = { positions, placedCount: layout.placedCount };
    const { trustworthiness, twins } = await measureMap(engine, tokenizer, map, SAMPLED_TOKENS);
    // Rows of the other matrices are no words: which of them lie beside each other says nothing.
    return { ...figures, trustworthiness, ...(model === 'sample' && { twins }) };
  };
  const placed = await keptNeighbors(of, cacheFolder);
  const results = {
    rowCount: identity.rowCount,
    dimension: identity.dimension,
    graph: { seconds: graphSeconds, busy: graphBusy },
    ours: { seconds, busy, firstPoints, ...(await figuresOf(layout.figures, layout.positions)) },
    many: name === 'whole' ? measureManyPoints(placed) : undefined,
  };
  if (withUmap) {
    const [points, umapSeconds, umapBusy] = await timed(() => umapPositions(placed, UMAP_EPOCHS));
    const { figures } = finish(judgeLayout(points, placed));
    const positions = positionsOfRows(points, placed.ids, identity.rowCount);
    results.umap = { seconds: umapSeconds, busy: umapBusy, ...(await figuresOf(figures, positions)) };
  }
  await engine.release();
  return results;
}

await fs.mkdir(folder, { recursive: true });
console.log(
  JSON.stringify({
    slice: await measure(await writeSlice(), 'slice', true),
    whole: await measure(location, 'whole', extent === 'whole'),
  }),
);
