import fs from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { buildNeighborGraph } from '../../../../../src/engine/loaded/graph/buildNeighborGraph';
import { serveGraphThread, type ToGraphThread } from '../../../../../src/engine/loaded/graph/graphThread';
import { sourceOf } from '../../../../unit/embedding/indexedMatrix';
import { clumpedMatrix, identityOf, MANY_TILES } from './graphSources';

/*
 * As a thread: one of those that cross tiles. As a process: `cacheFolder rowCount dimension` builds a graph, slowly, because what is
 * done is saved after each millisecond of work; each progress is a line. With a fourth argument, the file of its turn, it says
 * `held` once that tells its progress, and does nothing until something comes by standard input.
 */

const HELD_AFTER_LINES = 5;
const port = parentPort;
if (port !== null) {
  serveGraphThread({
    postMessage: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', (message: ToGraphThread) => {
        listener(message);
      });
    },
  });
} else {
  const [cacheFolder = '', rowCount = '', dimension = '', turn] = process.argv.slice(2);
  let lines = 0;
  const matrix = clumpedMatrix(Number(rowCount), Number(dimension));
  console.log('started');
  await buildNeighborGraph({
    source: sourceOf(matrix),
    identity: identityOf(matrix),
    cacheFolder,
    tuning: { ...MANY_TILES, sliceMilliseconds: 0, progressMilliseconds: 0, saveMilliseconds: 1 },
    turnTuning: { pollMilliseconds: 5, silentLooks: 1000, writeMilliseconds: 0 },
    onProgress: ({ fraction }) => {
      console.log(fraction);
      if (turn !== undefined && ++lines === HELD_AFTER_LINES) {
        // It is written by another thread, and must not be cut off.
        while (!fs.readFileSync(turn, 'utf8').includes('fraction')) {}
        console.log('held');
        fs.readSync(0, new Uint8Array(1));
      }
    },
  });
  console.log('built');
}
