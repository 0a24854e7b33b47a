import type { QueryTerm } from '../query/meanTerms';
import type { ScreeningMatrix } from './kernel/screeningKernel';

/**
 * The vector of a query: Σ weight · (row / ‖row‖), in double precision.
 *
 * Weights of the same token are added first, and tokens are summed by rising id, so that the order of the terms does not
 * matter. A query that comes down to one token is that token's row as the checkpoint holds it (or its negative): the direction
 * is the same, and the row's similarity with itself is then exactly 1.
 *
 * @throws {RangeError} when a weight is not finite, a token id is outside the vocabulary, or its row holds NaN or infinity.
 */
export function queryVector(matrix: ScreeningMatrix, terms: readonly QueryTerm[]): Float64Array {
  const weights = addedWeights(terms);
  const vector = new Float64Array(matrix.dimension);
  const row = new Float64Array(matrix.dimension);
  for (const [id, weight] of weights) {
    matrix.unitRow(id, row);
    for (let j = 0; j < row.length; j++) {
      vector[j] += weight * row[j];
    }
  }
  const effective = weights.filter(([, weight]) => weight !== 0);
  const [single] = effective;
  if (effective.length === 1) {
    matrix.copyRow(single[0], vector);
    if (single[1] < 0) {
      vector.forEach((value, j) => {
        vector[j] = -value;
      });
    }
  }
  return vector;
}

/** Weight of each token, by rising id, relative to the largest so that no sum overflows. */
function addedWeights(terms: readonly QueryTerm[]): [id: number, weight: number][] {
  let largest = 0;
  for (const { id, weight } of terms) {
    if (!Number.isFinite(weight)) {
      throw new RangeError(`The weight of token id ${id} is ${weight}.`);
    }
    largest = Math.max(largest, Math.abs(weight));
  }
  const weights = new Map<number, number>();
  for (const { id, weight } of terms) {
    weights.set(id, (weights.get(id) ?? 0) + (largest === 0 ? 0 : weight / largest));
  }
  return [...weights].sort(([a], [b]) => a - b);
}
