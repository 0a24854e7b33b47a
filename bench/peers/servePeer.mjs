// The peer's side of the conversation: one JSON line in, one JSON line out. See README.md.
import { readFileSync } from 'node:fs';
import { readRows } from './matrixFile.mjs';
import { serveLines } from './serveLines.mjs';

/**
 * @typedef {object} Found
 * @property {ArrayLike<number | bigint>} ids Nearest first.
 * @property {ArrayLike<number>} scores
 */

/**
 * Serves one peer until it is told to end or its input does.
 *
 * @param {(rows: Float32Array, matrix: {rows: number, dimension: number}) => Promise<{
 *   version: string,
 *   search: (query: Float32Array, k: number) => Found,
 *   searchBatch?: (queries: Float32Array, k: number) => Found,
 * }>} load Gets the matrix to keep and to change. `search` is what is timed. `searchBatch` gets the queries one after the
 *   other in one array, and gives k ids and k scores for each in the same way.
 */
export async function servePeer(load) {
  let peer;
  await serveLines(async (message) => {
    if (message.load) {
      peer = await load(readRows(message.load), message.load);
      return { ready: true, version: peer.version, batches: peer.searchBatch !== undefined };
    }
    return message.batch ? answerBatch(peer, message) : answerQuery(peer, message);
  });
}

function answerQuery(peer, { query, k }) {
  const vector = decode(query);
  const start = performance.now();
  const { ids, scores } = peer.search(vector, k);
  const milliseconds = performance.now() - start;
  return { milliseconds, ids: Array.from(ids, Number), scores: Array.from(scores) };
}

function answerBatch(peer, { batch, k }) {
  const queries = batch.map(decode);
  const dimension = queries[0].length;
  const all = new Float32Array(queries.length * dimension);
  queries.forEach((query, i) => all.set(query, i * dimension));
  const start = performance.now();
  const { ids, scores } = peer.searchBatch(all, k);
  const milliseconds = performance.now() - start;
  const split = (values) => queries.map((_, i) => values.slice(i * k, (i + 1) * k));
  return { milliseconds, ids: split(Array.from(ids, Number)), scores: split(Array.from(scores)) };
}

/** A copy, because a Buffer from the pool need not begin at a multiple of four bytes. */
function decode(base64) {
  return new Float32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer);
}

/** Scales each row to length 1 where it is; a row of zeros stays. */
export function normalizeRows(rows, dimension) {
  for (let start = 0; start < rows.length; start += dimension) {
    let squares = 0;
    for (let j = start; j < start + dimension; j++) {
      squares += rows[j] * rows[j];
    }
    const factor = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let j = start; j < start + dimension; j++) {
      rows[j] *= factor;
    }
  }
  return rows;
}

/** Version of a package of `bench/node_modules`. */
export function packageVersion(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}
