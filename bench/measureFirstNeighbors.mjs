// node measureFirstNeighbors.mjs <worker> <checkpoint folder, or "sample"> [folder for the cache]: one fresh process, one answer.
import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { startNodeWorker } from '../src/engine/thread/nodeWorker';
import { WorkerEngine } from '../src/engine/thread/workerEngine';

const [workerFile, folder, cacheFolder] = process.argv.slice(2);
const isKeeping = cacheFolder !== undefined && !fs.existsSync(cacheFolder);
const location = folder === 'sample' ? { kind: 'sample' } : { kind: 'folder', path: folder };
const start = performance.now();
const engine = new WorkerEngine(() => startNodeWorker(workerFile));
await engine.load(location, { cacheFolder });
const loaded = performance.now();
await engine.ask('neighbors', { query: { terms: [{ weight: 1, id: 16073 }] }, k: 20 });
const answered = performance.now();
// What starting a thread takes on this machine, to compare with.
await new Promise((resolve) => new Worker('', { eval: true }).on('exit', resolve));
const emptyThread = performance.now() - answered;
console.log(
  JSON.stringify({
    load: loaded - start,
    firstAnswer: answered - start,
    emptyThread,
    residentMegabytes: process.memoryUsage.rss() / 1e6,
  }),
);
if (isKeeping) {
  // The index is kept half a second after it was built: the process that builds it must not end before.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}
await engine.release();
