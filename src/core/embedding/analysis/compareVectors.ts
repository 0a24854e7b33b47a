import { dotOfVectors, squaredDistanceOfVectors } from '../canonicalSums';
import type { Metric } from '../metric';
import { prepareQuery, scoreOf } from '../search/preparedQuery';

/**
 * Scores of some vectors with each other under a metric, by row, then column: n × n, symmetric. For rows of the matrix they are bit
 * for bit what a search gives.
 *
 * @param meanRow Mean of all ranked rows.
 * @throws {RangeError} As {@link prepareQuery}.
 */
export function scoresBetween(
  vectors: readonly Float64Array[],
  metric: Metric,
  meanRow: Float64Array,
): Float64Array {
  const prepared = vectors.map((vector) => prepareQuery(vector, metric, meanRow));
  const product = metric === 'euclidean' ? squaredDistanceOfVectors : dotOfVectors;
  return symmetric(vectors.length, (i, j) =>
    scoreOf(prepared[i], product(prepared[i].vector, prepared[j].vector), prepared[j].squared),
  );
}

/** Pearson correlations of the values of some vectors, n × n. */
export function correlationsBetween(vectors: readonly Float64Array[]): Float64Array {
  const deviations = vectors.map(scaledDeviations);
  return symmetric(vectors.length, (i, j) => cosineOfDeviations(deviations[i], deviations[j]));
}

/**
 * Pearson correlation of two lists of values, −1 … 1; 0 where one is constant or empty.
 *
 * @param first Finite values.
 * @param second As many.
 */
export function pearsonCorrelation(first: Float64Array, second: Float64Array): number {
  return cosineOfDeviations(scaledDeviations(first), scaledDeviations(second));
}

interface Deviations {
  readonly values: Float64Array;
  readonly squared: number;
}

/** Differences from the mean, in a scale in which their squares neither over- nor underflow. */
function scaledDeviations(values: Float64Array): Deviations {
  let smallest = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    smallest = value < smallest ? value : smallest;
    largest = value > largest ? value : largest;
  }
  if (!(smallest < largest)) {
    // Told here: the mean of equal values may differ from them by a rounding, which would then be all that is compared.
    return { values: new Float64Array(values.length), squared: 0 };
  }
  const scale = Math.max(Math.abs(smallest), Math.abs(largest));
  const scaled = values.map((value) => value / scale);
  const mean = scaled.reduce((sum, value) => sum + value, 0) / values.length;
  const deviations = scaled.map((value) => value - mean);
  return { values: deviations, squared: dotOfVectors(deviations, deviations) };
}

function cosineOfDeviations(a: Deviations, b: Deviations): number {
  const lengths = Math.sqrt(a.squared * b.squared);
  return lengths === 0 ? 0 : Math.max(-1, Math.min(1, dotOfVectors(a.values, b.values) / lengths));
}

function symmetric(size: number, value: (i: number, j: number) => number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      matrix[i * size + j] = matrix[j * size + i] = value(i, j);
    }
  }
  return matrix;
}
