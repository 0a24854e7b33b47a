import { squaredLength } from '../../src/core/embedding/canonicalSums';

/** Trained word vectors, most frequent word first. */
export interface TrainedVectors {
  /** Without duplicates; the place of a word is its rank, from 0. */
  readonly words: readonly string[];
  /** Row-major, words × dimension. */
  readonly values: Float64Array;
  readonly dimension: number;
}

/** A row of a matrix, as a view. */
export function rowOf(values: Float64Array, row: number, dimension: number): Float64Array {
  return values.subarray(row * dimension, (row + 1) * dimension);
}

/** Scales a vector in place to length 1; a zero vector stays zero. */
export function toUnitLength(vector: Float64Array): Float64Array {
  const squares = squaredLength(vector, 0, vector.length);
  if (squares > 0) {
    const factor = 1 / Math.sqrt(squares);
    for (let i = 0; i < vector.length; i++) {
      vector[i] = (vector[i] ?? 0) * factor;
    }
  }
  return vector;
}
