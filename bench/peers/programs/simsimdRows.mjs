// SimSIMD: one native call for each row, then the best kept in one pass.
import { normalizeRows, packageVersion, servePeer } from '../servePeer.mjs';
import { bestByInserting } from './best.mjs';

await servePeer(async (matrix, { rows, dimension }) => {
  // Without its native module the package falls back to a loop in JavaScript, and warns: that is another peer.
  let warning;
  console.warn = (text) => (warning = text);
  const { dot } = await import('simsimd');
  if (warning !== undefined) {
    throw new Error(warning);
  }
  normalizeRows(matrix, dimension);
  const views = Array.from({ length: rows }, (_, row) =>
    matrix.subarray(row * dimension, (row + 1) * dimension),
  );
  const scores = new Float64Array(rows);
  return {
    version: packageVersion('simsimd'),
    search(query, k) {
      normalizeRows(query, dimension);
      for (let row = 0; row < rows; row++) {
        scores[row] = dot(views[row], query);
      }
      return bestByInserting(scores, k);
    },
  };
});
