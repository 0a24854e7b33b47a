import { bestBySorting } from './programs/best.mjs';
import { readRows } from './matrixFile.mjs';

/**
 * What the peers' answers are held against: every product in double precision from the rows as they are in the file, nothing
 * left out, nothing normalized in between.
 *
 * @param {import('./matrixFile.mjs').MatrixFile} file
 * @returns {(vector: Float32Array, k: number) => import('./programs/best.mjs').Best}
 */
export function exactReference(file) {
  const { dimension, rows } = file;
  const values = readRows(file);
  const lengths = Float64Array.from({ length: rows }, (_, row) => {
    const start = row * dimension;
    return Math.sqrt(product(values, start, values.subarray(start, start + dimension)));
  });
  const scores = new Float64Array(rows);
  return (vector, k) => {
    const length = Math.sqrt(product(vector, 0, vector));
    for (let row = 0; row < rows; row++) {
      const both = lengths[row] * length;
      scores[row] = both === 0 ? 0 : product(values, row * dimension, vector) / both;
    }
    return bestBySorting(scores, k);
  };
}

function product(values, start, vector) {
  let sum = 0;
  for (let j = 0; j < vector.length; j++) {
    sum += values[start + j] * vector[j];
  }
  return sum;
}
