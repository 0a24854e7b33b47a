// node measureSearch.mjs <checkpoint file> <readBytes.wasm>: the search itself, in one thread of one process.
import fs from 'node:fs';
import { combinationFor, METRICS } from '../src/core/embedding/metric';
import { queryVector } from '../src/core/embedding/queryVector';
import { IndexedSearch } from '../src/core/embedding/index/indexedSearch';
import { LoopSearch } from '../src/core/embedding/search/loopSearch';
import { MemoryRows } from '../src/core/embedding/search/memoryRows';
import { searchedModel } from './searchedModel.mjs';
import { seededRequests, summarize, time } from './statistics.mjs';

const [file, readBytesFile] = process.argv.slice(2);
const WARM_UP = 30;
const RUNS = 240;
const LOOP_RUNS = 12;
const BATCH = 16;

const { source, search: fromDisk } = await searchedModel(file);
const { rowCount, dimension } = source.identity;
const values = new Float32Array(rowCount * dimension);
await source.readRows(0, values);
const rows = new MemoryRows(rowCount, dimension, values);
const loop = new LoopSearch(rows);
const resident = new IndexedSearch(fromDisk.memory, fromDisk.figures, rows);
resident.useCenteredLengths();

const codeBytes = fromDisk.memory.paddedRows * fromDisk.memory.paddedDimension;
const pages = Math.ceil(codeBytes / 65536) + 1;
const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
new Uint8Array(memory.buffer, 0, codeBytes).fill(1);
const { readBytes } = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(readBytesFile)), {
  env: { memory },
}).exports;

const cases = [
  ...[20, 200].flatMap((k) =>
    METRICS.map((metric) => ({ name: `${metric}${k}`, search: resident, metric, k })),
  ),
  { name: 'disk20', search: fromDisk, metric: 'cosine', k: 20 },
  { name: 'disk200', search: fromDisk, metric: 'cosine', k: 200 },
  { name: 'filtered20', search: resident, metric: 'cosine', k: 20, allowed: everyThird(rowCount) },
];
const times = Object.fromEntries(cases.map(({ name }) => [name, []]));
const candidates = Object.fromEntries(cases.map(({ name }) => [name, []]));
const rescored = Object.fromEntries(cases.map(({ name }) => [name, []]));
const reads = [];
const loops = [];
let sink = 0;

// All in turn, so that all meet the same machine.
for (const [i, { query }] of seededRequests(WARM_UP + RUNS, rowCount, 20, 1).entries()) {
  const isCounted = i >= WARM_UP;
  const read = await time(() => {
    sink ^= readBytes(0, codeBytes - (codeBytes % 64));
  });
  if (isCounted) {
    reads.push(read);
  }
  for (const { name, search, metric, k, allowed } of cases) {
    const vector = queryVector(search, query.terms, combinationFor(metric));
    let found;
    const milliseconds = await time(() => {
      found = search.search({ query: vector, metric, k, allowed });
    });
    if (isCounted) {
      times[name].push(milliseconds);
      candidates[name].push(found.candidates);
      rescored[name].push(found.rescored);
    }
    if (i < LOOP_RUNS && allowed === undefined) {
      let slow;
      const slowMilliseconds = await time(() => {
        slow = loop.search({ query: vector, metric, k });
      });
      if (name === 'cosine20') {
        loops.push(slowMilliseconds);
      }
      // A benchmark of different answers would compare nothing.
      if (String(slow.ids) !== String(found.ids) || String(slow.scores) !== String(found.scores)) {
        throw new Error(`The loop and the index disagree: ${name}.`);
      }
    }
  }
}

const batches = [];
const singles = [];
const requests = seededRequests(BATCH, rowCount, 20, 5).map(({ query, k }) => ({
  query: queryVector(resident, query.terms, 'unit'),
  metric: 'cosine',
  k,
}));
for (let i = 0; i < 30; i++) {
  batches.push((await time(() => resident.searchMany(requests))) / BATCH);
  singles.push((await time(() => requests.forEach((request) => resident.search(request)))) / BATCH);
}

console.log(
  JSON.stringify({
    rowCount,
    dimension,
    codeMegabytes: codeBytes / 1e6,
    bareRead: summarize(reads),
    loop: summarize(loops),
    batch: summarize(batches),
    oneByOne: summarize(singles),
    batchSize: BATCH,
    cases: Object.fromEntries(
      cases.map(({ name }) => [
        name,
        {
          ...summarize(times[name]),
          candidates: summarize(candidates[name]).median,
          rescored: summarize(rescored[name]).median,
        },
      ]),
    ),
    sink: sink === 0.5,
  }),
);
await source.close();

function everyThird(count) {
  const allowed = new Uint32Array(Math.ceil(count / 32));
  for (let row = 0; row < count; row += 3) {
    allowed[row >> 5] |= 1 << (row & 31);
  }
  return allowed;
}
