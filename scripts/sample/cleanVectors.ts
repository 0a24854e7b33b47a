import { dotOfVectors } from '../../src/core/embedding/canonicalSums';
import { principalAxes } from './principalAxes';
import { rowOf, toUnitLength, type TrainedVectors } from './trainedVectors';

/** Main directions that are taken away: they tell how frequent a word is, not what it means. */
const DIRECTIONS = 2;

/**
 * Cleans vectors in place: unit length, less the mean, less the two main directions, unit length again. Mean and directions are those
 * of the frequent words. The method is that of Mu and Viswanath, "All-but-the-Top" (2018).
 *
 * @param frequent How many words, from the most frequent on, are frequent.
 */
export function cleanVectors({ values, dimension }: TrainedVectors, frequent: number): void {
  const rows = values.length / dimension;
  const counted = Math.min(frequent, rows);
  const mean = new Float64Array(dimension);
  for (let row = 0; row < rows; row++) {
    const vector = toUnitLength(rowOf(values, row, dimension));
    if (row < counted) {
      vector.forEach((value, i) => {
        mean[i] = (mean[i] ?? 0) + value / counted;
      });
    }
  }
  for (let i = 0; i < values.length; i++) {
    values[i] = (values[i] ?? 0) - (mean[i % dimension] ?? 0);
  }
  const axes = principalAxes(values.subarray(0, counted * dimension), dimension, DIRECTIONS);
  for (let row = 0; row < rows; row++) {
    const vector = rowOf(values, row, dimension);
    for (const axis of axes) {
      const share = dotOfVectors(vector, axis);
      for (let i = 0; i < dimension; i++) {
        vector[i] = (vector[i] ?? 0) - share * (axis[i] ?? 0);
      }
    }
    toUnitLength(vector);
  }
}
