// node serveEngine.mjs <worker> <folder for what is kept> [oneThread]: Tokenscope's side of a conversation as bench/peers has it. Rows are asked
// for by id. The first load of a file converts it and builds the index, a later one opens what was kept. With oneThread, for which it must
// be kept, this process's own thread searches alone; else the worker does as in the extension, with the threads that it starts.
import fs from 'node:fs';
import path from 'node:path';
import { startNodeWorker } from '../src/engine/thread/nodeWorker';
import { WorkerEngine } from '../src/engine/thread/workerEngine';
import { openSearch } from '../src/engine/loaded/openSearch';
import { queryVector } from '../src/core/embedding/queryVector';
import { openEmbeddingSource } from '../src/model/embeddingSource';
import { ROWS_TENSOR } from '../src/model/vectorFiles/convertedFile';
import { convertVectors } from '../src/model/vectorFiles/convertVectors';
import { serveLines } from './peers/serveLines.mjs';
import { time } from './statistics.mjs';

const [workerFile, folder, threads] = process.argv.slice(2);
const cacheFolder = path.join(folder, 'indexes');
const vectorsFolder = path.join(folder, 'vectors');
let query;

await serveLines(async (message) => (message.load ? load(message.load.matrix) : query(message)));

function load(file) {
  return threads === 'oneThread' ? openHere(file) : openInWorker(file);
}

async function openInWorker(file) {
  const engine = new WorkerEngine(() => startNodeWorker(workerFile));
  let converted;
  await engine.load(
    { kind: 'file', path: file },
    { cacheFolder, vectorsFolder, onProgress: () => (converted ??= performance.now()) },
  );
  query = async ({ terms, k }) => {
    let found;
    const milliseconds = await time(
      async () => (found = await engine.ask('neighbors', { query: { terms }, k })),
    );
    return {
      milliseconds,
      ids: found.neighbors.map(({ id }) => id),
      scores: found.neighbors.map(({ score }) => score),
    };
  };
  await query({ terms: [{ weight: 1, id: 5 }], k: 20 });
  // By the clock of the process: from its start.
  const firstAnswer = performance.now();
  // Half a second later what is left of the index is measured, and it is kept.
  await indexKept();
  return { ready: true, converted, firstAnswer };
}

async function openHere(file) {
  const { signal } = new AbortController();
  const { path: converted } = await convertVectors(file, { folder: vectorsFolder, mayConvert: false });
  const source = await openEmbeddingSource({ kind: 'file', path: converted }, { tensorName: ROWS_TENSOR });
  const { search } = await openSearch(source, cacheFolder, 'fastest', signal);
  query = ({ terms, k }) => {
    const start = performance.now();
    const { ids, scores } = search.search({ query: queryVector(search, terms, 'unit'), metric: 'cosine', k });
    const milliseconds = performance.now() - start;
    return { milliseconds, ids: Array.from(ids), scores: Array.from(scores) };
  };
  return { ready: true };
}

async function indexKept() {
  for (;;) {
    if (fs.existsSync(cacheFolder) && fs.readdirSync(cacheFolder).some((name) => name.endsWith('.index'))) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
