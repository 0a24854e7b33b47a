// A loop over one Float32Array, sums in double precision, then a sort: what one writes without a library.
import { normalizeRows, servePeer } from '../servePeer.mjs';
import { bestBySorting } from './best.mjs';

await servePeer(async (matrix, { rows, dimension }) => {
  normalizeRows(matrix, dimension);
  const scores = new Float64Array(rows);
  return {
    version: `V8 ${process.versions.v8.split('-')[0]}`,
    search(query, k) {
      normalizeRows(query, dimension);
      for (let row = 0, i = 0; row < rows; row++) {
        let sum = 0;
        for (let j = 0; j < dimension; j++, i++) {
          sum += matrix[i] * query[j];
        }
        scores[row] = sum;
      }
      return bestBySorting(scores, k);
    },
  };
});
