import { dotOfVectors } from '../../src/core/embedding/canonicalSums';
import { symmetricEigen } from '../../src/core/embedding/symmetricEigen';
import { rowOf } from './trainedVectors';

/**
 * Directions in which the rows of a matrix are longest, falling: unit eigenvectors of the sum of x·xᵀ over all rows x. The mean is not
 * taken away; who wants the axes of a spread takes it away before.
 *
 * @param values Row-major, rows × dimension.
 * @param count How many.
 */
export function principalAxes(
  values: Float64Array,
  dimension: number,
  count = dimension,
): readonly Float64Array[] {
  const products = new Float64Array(dimension * dimension);
  for (let row = 0; row < values.length / dimension; row++) {
    const x = rowOf(values, row, dimension);
    for (let i = 0; i < dimension; i++) {
      const xi = x[i] ?? 0;
      for (let j = 0; j <= i; j++) {
        products[i * dimension + j] = (products[i * dimension + j] ?? 0) + xi * (x[j] ?? 0);
      }
    }
  }
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j < i; j++) {
      products[j * dimension + i] = products[i * dimension + j] ?? 0;
    }
  }
  return symmetricEigen(products, dimension, count).vectors;
}

/** Coordinates of each row on orthonormal axes, row-major, rows × axes. */
export function rotated(
  values: Float64Array,
  dimension: number,
  axes: readonly Float64Array[],
): Float64Array {
  const rows = values.length / dimension;
  const coordinates = new Float64Array(rows * axes.length);
  for (let row = 0; row < rows; row++) {
    const x = rowOf(values, row, dimension);
    axes.forEach((axis, index) => {
      coordinates[row * axes.length + index] = dotOfVectors(x, axis);
    });
  }
  return coordinates;
}
