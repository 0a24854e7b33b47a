// node measureGraph.mjs <worker> <checkpoint file>: the neighbor graph of a whole vocabulary, from nothing, with one thread and with two.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { answerFromGraph } from '../src/core/embedding/graph/answerFromGraph';
import { PanelCrossing } from '../src/core/embedding/graph/crossPanels';
import { GraphMemory } from '../src/core/embedding/graph/graphMemory';
import { graphShape, totalMultiplyAdds } from '../src/core/embedding/graph/graphShape';
import { narrowRows } from '../src/core/embedding/graph/narrowRows';
import { settleRows } from '../src/core/embedding/graph/settleRows';
import { encodeUnitRows } from '../src/core/embedding/graph/unitCodes';
import { LoopSearch } from '../src/core/embedding/search/loopSearch';
import { MemoryRows } from '../src/core/embedding/search/memoryRows';
import { readSourceIdentity } from '../src/engine/loaded/cache/sourceIdentity';
import { buildNeighborGraph } from '../src/engine/loaded/graph/buildNeighborGraph';
import { openNeighborGraph } from '../src/engine/loaded/graph/neighborGraph';
import { startNodeWorker } from '../src/engine/thread/nodeWorker';
import { openEmbeddingSource } from '../src/model/embeddingSource';
import { seededRandom, summarize, time } from './statistics.mjs';

const [workerFile, file] = process.argv.slice(2);
const THREADS = [1, 2];
const CHECKED = 60;
const ANSWERS = 500;
const SLICE_PANELS = 3;

const source = await openEmbeddingSource({ kind: 'file', path: file });
const identity = await readSourceIdentity(source.identity);
const { rowCount, dimension } = source.identity;
const rows = { rowCount, dimension, copyRows: source.copyRows };
const shape = graphShape(rowCount, dimension);
const results = { rowCount, dimension, multiplyAdds: totalMultiplyAdds(shape) };

/** The parts of the work on their own: the first panels crossed, with and without collecting. */
async function measureParts() {
  const graph = GraphMemory.create(shape);
  const area = graph.layout.threads[0];
  results.megabytes = graph.layout.bytes / 1e6;
  let bound = 0;
  results.encodeMilliseconds = await time(async () => {
    bound = await encodeUnitRows(graph, source);
    await narrowRows(graph, () => undefined);
  });
  results.bound = bound;
  graph.writeTileRequest(area, 2 * bound);
  const thresholds = graph.int32(graph.layout.thresholds, shape.paddedRows);
  const coded = thresholds.slice();
  const done = graph.bytes(graph.layout.done, (shape.tileCount * (shape.tileCount + 1)) / 2);
  const crossSlice = () => {
    done.fill(0);
    for (let second = 0; second < SLICE_PANELS; second++) {
      for (let first = 0; first <= second; first++) {
        const crossing = new PanelCrossing(graph, area, first, second);
        while (crossing.run(() => false) === 'settle') {
          settleRows(graph, rows, area);
        }
      }
    }
  };
  // Out of every product's reach: the kernel alone.
  thresholds.fill(2 ** 31 - 1);
  crossSlice();
  const kernelMilliseconds = await time(crossSlice);
  const sliceRows = SLICE_PANELS * shape.panelTiles * shape.tileRows;
  results.kernelGigaMultiplyAdds =
    ((sliceRows * (sliceRows + 4)) / 2) * (dimension / kernelMilliseconds / 1e6);
  thresholds.set(coded);
  results.collectingShare = (await time(crossSlice)) / kernelMilliseconds - 1;
}

async function measureBuild(threads, cacheFolder) {
  const before = process.cpuUsage();
  const milliseconds = await time(() =>
    buildNeighborGraph({
      source,
      identity,
      cacheFolder,
      threads,
      startThread: () => startNodeWorker(workerFile, 'graph'),
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return { seconds: milliseconds / 1000, processorSeconds: (user + system) / 1e6 };
}

/** Compares some lists with a plain search, and times answers. */
async function checkAndAnswer(cacheFolder) {
  let graph;
  results.openMilliseconds = await time(async () => {
    graph = await openNeighborGraph(cacheFolder, identity);
  });
  const random = seededRandom(1);
  const times = [];
  for (let i = 0; i < ANSWERS; i++) {
    const id = Math.floor(random() * rowCount);
    times.push(await time(() => answerFromGraph(graph, rows, id, 32)));
  }
  results.firstAnswer = times[0];
  results.answer = summarize(times.slice(50));
  const values = new Float32Array(rowCount * dimension);
  await source.readRows(0, values);
  const search = new LoopSearch(new MemoryRows(rowCount, dimension, values));
  results.wrong = 0;
  for (let i = 0; i < CHECKED; i++) {
    const id = Math.floor(random() * rowCount);
    const query = Float64Array.from(values.subarray(id * dimension, (id + 1) * dimension));
    const expected = search.search({ query, metric: 'cosine', k: 32 });
    const answer = answerFromGraph(graph, rows, id, 32);
    const isRight =
      answer === undefined
        ? !(search.norms[id] > 0)
        : expected.ids.every((found, place) => found === answer.ids[place]) &&
          expected.scores.every((score, place) => score === answer.scores[place]);
    results.wrong += isRight ? 0 : 1;
  }
  results.checked = CHECKED;
  await graph.close();
}

await measureParts();
for (const threads of THREADS) {
  const cacheFolder = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-graph-'));
  results[`threads${threads}`] = await measureBuild(threads, cacheFolder);
  if (threads === THREADS[0]) {
    await checkAndAnswer(cacheFolder);
  }
  await fs.rm(cacheFolder, { recursive: true });
}
results.maximumResidentMegabytes = process.resourceUsage().maxRSS / 1e3;
await source.close();
console.log(JSON.stringify(results));
