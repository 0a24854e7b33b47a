// node --import tsx bench/measurePeers.mjs <checkpoint file> <folder>: ours and the peers of bench/peers, asked in turn.
import fs from 'node:fs';
import path from 'node:path';
import { compareBatches, comparePeers } from './peers/comparePeers.mjs';
import { exactReference } from './peers/exactReference.mjs';
import { startPeers } from './peers/peerProcess.mjs';
import { PEERS } from './peers/peers.mjs';
import { searchedModel } from './searchedModel.mjs';
import { IndexedSearch } from '../src/core/embedding/index/indexedSearch';
import { MemoryRows } from '../src/core/embedding/search/memoryRows';

const [file, folder] = process.argv.slice(2);
const { source, search } = await searchedModel(file);
const { rowCount, dimension } = source.identity;
const values = new Float32Array(rowCount * dimension);
await source.readRows(0, values);
await source.close();
const raw = path.join(folder, `${path.basename(file, '.safetensors')}.f32`);
if (!fs.existsSync(raw)) {
  fs.writeFileSync(raw, values);
}
const matrix = { matrix: raw, rows: rowCount, dimension };
const resident = new IndexedSearch(
  search.memory,
  search.figures,
  new MemoryRows(rowCount, dimension, values),
);

const ours = {
  name: 'Tokenscope',
  query: async (vector, k) => {
    const query = Float64Array.from(vector);
    const start = performance.now();
    const found = resident.search({ query, metric: 'cosine', k });
    return { milliseconds: performance.now() - start, ids: found.ids, scores: found.scores };
  },
};
const { peers, unavailable } = await startPeers(PEERS, matrix);
try {
  const reference = exactReference(matrix);
  const results = { unavailable };
  for (const k of [20, 200]) {
    results[`top${k}`] = await comparePeers([ours, ...peers], { matrix, reference, k, seed: k });
  }
  results.slice = await compareBatches(peers, { matrix, reference });
  console.log(JSON.stringify(results));
} finally {
  await Promise.all(peers.map((peer) => peer.stop()));
}
