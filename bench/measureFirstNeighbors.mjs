// node measureFirstNeighbors.mjs <worker> <checkpoint folder, or "sample">: one fresh process, one answer.
import { startNodeWorker } from '../src/engine/nodeWorker';
import { WorkerEngine } from '../src/engine/workerEngine';

const [workerFile, folder] = process.argv.slice(2);
const location = folder === 'sample' ? { kind: 'sample' } : { kind: 'folder', path: folder };
const start = performance.now();
const engine = new WorkerEngine(() => startNodeWorker(workerFile));
await engine.load(location);
const loaded = performance.now();
await engine.neighbors({ query: { terms: [{ weight: 1, id: 16073 }] }, k: 20 });
const answered = performance.now();
console.log(
  JSON.stringify({
    load: loaded - start,
    firstAnswer: answered - start,
    residentMegabytes: process.memoryUsage.rss() / 1e6,
  }),
);
await engine.release();
