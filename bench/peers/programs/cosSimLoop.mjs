// `cos_sim` of Transformers.js, row by row over arrays of numbers as `tolist()` gives them, then a sort.
//
// The package's entry point starts an inference runtime. The function needs none, so its own source file is loaded instead.
import { packageVersion, servePeer } from '../servePeer.mjs';
import { bestBySorting } from './best.mjs';

const MATHS = new URL('../../node_modules/@huggingface/transformers/src/utils/maths.js', import.meta.url);

await servePeer(async (matrix, { rows, dimension }) => {
  const { cos_sim: cosineSimilarity } = await import(MATHS.href);
  const arrays = Array.from({ length: rows }, (_, row) =>
    Array.from(matrix.subarray(row * dimension, (row + 1) * dimension)),
  );
  return {
    version: packageVersion('@huggingface/transformers'),
    search(query, k) {
      // It divides by both lengths at each call: nothing is to be normalized before.
      const array = Array.from(query);
      return bestBySorting(
        arrays.map((row) => cosineSimilarity(row, array)),
        k,
      );
    },
  };
});
