// node measureWorker.mjs <worker> <checkpoint file>: as the extension asks, through the worker. Times include both messages.
import { startNodeWorker } from '../src/engine/thread/nodeWorker';
import { WorkerEngine } from '../src/engine/thread/workerEngine';
import { seededRequests, summarize, time } from './statistics.mjs';

const [workerFile, file] = process.argv.slice(2);
const WARM_UP = 20;
const RUNS = 240;

const before = process.memoryUsage.rss() / 1e6;
const engine = new WorkerEngine(() => startNodeWorker(workerFile));
const model = await engine.load({ kind: 'file', path: file });
const results = { model: { rowCount: model.rowCount, dimension: model.dimension, dtype: model.dtype } };
for (const [name, k, options] of [
  ['top20', 20, {}],
  ['top200', 200, {}],
  ['top20WithMap', 20, { projection: true }],
  ['top200WithMap', 200, { projection: true }],
  ['top20WithDistribution', 20, { distribution: true }],
]) {
  const times = [];
  for (const request of seededRequests(WARM_UP + RUNS, model.rowCount, k, 20 + k)) {
    times.push(await time(() => engine.ask('neighbors', { ...request, ...options })));
  }
  results[name] = summarize(times.slice(WARM_UP));
}
results.residentBefore = before;
results.residentDuring = process.memoryUsage.rss() / 1e6;
await engine.release();
globalThis.gc?.();
results.residentAfter = process.memoryUsage.rss() / 1e6;
console.log(JSON.stringify(results));
