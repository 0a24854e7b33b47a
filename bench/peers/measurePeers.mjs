// node bench/peers/measurePeers.mjs: the peers alone, against exact answers in double precision; prints JSON.
import { compareBatches, comparePeers } from './comparePeers.mjs';
import { exactReference } from './exactReference.mjs';
import { plantedMatrixFile } from './matrixFile.mjs';
import { startPeers } from './peerProcess.mjs';
import { PEERS } from './peers.mjs';

const matrix = await plantedMatrixFile();
const { peers, unavailable } = await startPeers(PEERS, matrix);
try {
  const reference = exactReference(matrix);
  const results = { matrix: { rows: matrix.rows, dimension: matrix.dimension }, unavailable };
  for (const k of [20, 200]) {
    results[`top${k}`] = await comparePeers(peers, { matrix, reference, k, seed: k });
  }
  results.slice = await compareBatches(peers, { matrix, reference });
  console.log(JSON.stringify(results, undefined, 2));
} finally {
  await Promise.all(peers.map((peer) => peer.stop()));
}
