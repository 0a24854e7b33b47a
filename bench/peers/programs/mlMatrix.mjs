// ml-matrix: the product of the matrix and a column, then a sort. Its matrices are of double precision.
import { normalizeRows, packageVersion, servePeer } from '../servePeer.mjs';
import { bestBySorting } from './best.mjs';

await servePeer(async (values, { rows, dimension }) => {
  const { Matrix } = await import('ml-matrix');
  normalizeRows(values, dimension);
  const matrix = new Matrix(
    Array.from({ length: rows }, (_, row) =>
      Array.from(values.subarray(row * dimension, (row + 1) * dimension)),
    ),
  );
  return {
    version: packageVersion('ml-matrix'),
    search: (query, k) =>
      bestBySorting(matrix.mmul(Matrix.columnVector(normalizeRows(query, dimension))).to1DArray(), k),
  };
});
