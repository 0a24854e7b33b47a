// node measureLarge.mjs <worker> <checkpoint file> <readBytes.wasm> <folder for the cache>: a larger model, as the extension uses it.
import fs from 'node:fs';
import { startNodeWorker } from '../src/engine/thread/nodeWorker';
import { WorkerEngine } from '../src/engine/thread/workerEngine';
import { seededRequests, summarize, time } from './statistics.mjs';

const [workerFile, file, readBytesFile, cacheFolder] = process.argv.slice(2);
const WARM_UP = 10;
const RUNS = 60;
const megabytes = () => process.memoryUsage.rss() / 1e6;

const before = megabytes();
const engine = new WorkerEngine(() => startNodeWorker(workerFile));
const location = { kind: 'file', path: file };
let model;
const build = await time(async () => {
  model = await engine.load(location, { cacheFolder });
});
const { rowCount, dimension } = model;
const ask = async (k, seed) => {
  const times = [];
  for (const request of seededRequests(WARM_UP + RUNS, rowCount, k, seed)) {
    const { milliseconds } = await engine.ask('neighbors', request);
    times.push(milliseconds);
  }
  return summarize(times.slice(WARM_UP));
};
const top20 = await ask(20, 1);
const top200 = await ask(200, 2);
const after = megabytes();
// What it keeps is written half a second after the load; wait for it, then open it again.
await waitForIndex();
await engine.release();
let reopened;
const reopen = await time(async () => {
  reopened = await engine.load(location, { cacheFolder });
  await engine.ask('neighbors', { query: { terms: [{ weight: 1, id: 5 }] }, k: 20 });
});
await engine.release();

const codeBytes = Math.ceil(rowCount / 4) * 4 * Math.ceil(dimension / 16) * 16;
const pages = Math.ceil(codeBytes / 65536) + 1;
const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
new Uint8Array(memory.buffer, 0, codeBytes).fill(1);
const { readBytes } = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(readBytesFile)), {
  env: { memory },
}).exports;
const reads = [];
let sink = 0;
for (let i = 0; i < 20; i++) {
  reads.push(
    await time(() => {
      sink ^= readBytes(0, codeBytes - (codeBytes % 64));
    }),
  );
}
console.log(
  JSON.stringify({
    rowCount,
    dimension,
    dtype: model.dtype,
    codeMegabytes: codeBytes / 1e6,
    fileMegabytes: fs.statSync(file).size / 1e6,
    build,
    reopen,
    top20,
    top200,
    bareRead: summarize(reads),
    residentBefore: before,
    residentAfter: after,
    sink: sink === 0.5 || reopened.rowCount === 0,
  }),
);

async function waitForIndex() {
  for (let i = 0; i < 600; i++) {
    if (fs.existsSync(cacheFolder) && fs.readdirSync(cacheFolder).some((name) => name.endsWith('.index'))) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The index was not kept.');
}
