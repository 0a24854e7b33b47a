// node measureSearch.mjs <worker> <checkpoint folder> <readBytes.wasm>: everything about searches, in one process.
import fs from 'node:fs';
import { ExactSearch } from '../src/core/embedding/exactSearch';
import { scalarKernel } from '../src/core/embedding/kernel/scalarKernel';
import { createSimdKernel } from '../src/core/embedding/kernel/simdKernel';
import { queryVector } from '../src/core/embedding/queryVector';
import { startNodeWorker } from '../src/engine/nodeWorker';
import { WorkerEngine } from '../src/engine/workerEngine';
import { openEmbeddingSource } from '../src/model/embeddingSource';
import { seededRequests, summarize, time } from './statistics.mjs';

const [workerFile, folder, readBytesFile] = process.argv.slice(2);
const WARM_UP = 20;
const RUNS = 240;
const SCALAR_RUNS = 12;
const LOADS = 5;

const location = { kind: 'folder', path: folder };
const results = {};

// Through the worker, as the extension asks: the time includes both messages.
const engine = new WorkerEngine(() => startNodeWorker(workerFile));
const model = await engine.load(location);
results.model = {
  name: model.name,
  rowCount: model.rowCount,
  dimension: model.dimension,
  dtype: model.dtype,
};
for (const [name, k, projection] of [
  ['top20', 20, false],
  ['top200', 200, false],
  ['top20WithMap', 20, true],
  ['top200WithMap', 200, true],
]) {
  const times = [];
  for (const request of seededRequests(WARM_UP + RUNS, model.rowCount, k, 20 + k)) {
    times.push(await time(() => engine.neighbors({ ...request, projection })));
  }
  results[name] = summarize(times.slice(WARM_UP));
}
await engine.release();

// The load in its parts, in this thread.
const parts = { allocate: [], read: [], normalize: [] };
let matrix;
for (let load = 0; load < LOADS; load++) {
  matrix?.dispose();
  const source = await openEmbeddingSource(location);
  const { rowCount, dimension } = source.identity;
  const chunk = Math.floor((4 * 1024 * 1024) / (dimension * 4));
  parts.allocate.push(
    await time(() => {
      matrix = createSimdKernel().allocate(rowCount, dimension);
    }),
  );
  let [read, normalize] = [0, 0];
  for (let row = 0; row < rowCount; row += chunk) {
    const rows = Math.min(chunk, rowCount - row);
    read += await time(() => source.readRows(row, matrix.rows(row, rows)));
    normalize += await time(() => matrix.normalize(row, rows));
  }
  parts.read.push(read);
  parts.normalize.push(normalize);
  await source.close();
}
results.load = Object.fromEntries(Object.entries(parts).map(([name, times]) => [name, summarize(times)]));

// The kernel against the bare read of as many bytes and against the loop: in turn, so that all meet the same machine.
const { rowCount, dimension } = matrix;
const bytes = rowCount * dimension * 4;
const loop = scalarKernel.allocate(rowCount, dimension);
loop.rows(0, rowCount).set(matrix.rows(0, rowCount));
loop.normalize(0, rowCount);
const pages = Math.ceil(bytes / 65536) + 1;
const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
new Float32Array(memory.buffer, 0, bytes / 4).set(matrix.rows(0, rowCount));
const { readBytes } = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(readBytesFile)), {
  env: { memory },
}).exports;
const simdSearch = new ExactSearch(matrix);
const loopSearch = new ExactSearch(loop);
const times = { simd: [], read: [], readHalf: [], loop: [] };
const rescored = [];
let sink = 0;
for (const [i, { query, k }] of seededRequests(WARM_UP + RUNS, rowCount, 20, 1).entries()) {
  const vector = queryVector(matrix, query.terms);
  let found;
  times.simd.push(
    await time(() => {
      found = simdSearch.search(vector, k);
    }),
  );
  rescored.push(found.rescored);
  for (const [series, length] of [
    [times.read, bytes],
    [times.readHalf, bytes / 2],
  ]) {
    series.push(
      await time(() => {
        sink ^= readBytes(0, length - (length % 64));
      }),
    );
  }
  if (i < SCALAR_RUNS) {
    let slow;
    times.loop.push(
      await time(() => {
        slow = loopSearch.search(vector, k);
      }),
    );
    // A benchmark of different answers would compare nothing.
    if (String(slow.ids) !== String(found.ids) || String(slow.scores) !== String(found.scores)) {
      throw new Error('The two kernels disagree.');
    }
  }
}
results.kernel = {
  search: summarize(times.simd.slice(WARM_UP)),
  bareRead: summarize(times.read.slice(WARM_UP)),
  bareReadOfHalf: summarize(times.readHalf.slice(WARM_UP)),
  loop: summarize(times.loop),
  megabytes: bytes / 1e6,
  medianRescored: summarize(rescored).median,
  errorBound: matrix.errorBound,
};
if (sink === 0.5) {
  console.error('unreachable; keeps the reads alive');
}
console.log(JSON.stringify(results));
