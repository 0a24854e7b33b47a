import type { QueryTerm } from '../query/meanTerms';
import type { Combination } from './metric';
import type { RowStore } from './search/embeddingSearch';

/** What a query vector is made from: rows, and their lengths. */
export interface RowsWithNorms {
  readonly rows: RowStore;
  /** Euclidean length of each row; NaN for a row that holds NaN or infinity. */
  readonly norms: Float64Array;
}

/**
 * The vector of a query, in double precision: Σ weight · row, or Σ weight · (row / ‖row‖).
 *
 * Weights of the same token are added first, and tokens are summed by rising id, so that the order of the terms does not matter.
 * At unit length, where only the direction counts, a query that comes down to one token is that token's row as the checkpoint holds
 * it (or its negative), so that the row's similarity with itself is exactly 1; and weights count relative to the largest, so that
 * no sum overflows.
 *
 * @throws {RangeError} when a weight is not finite, a token id is outside the vocabulary, or its row holds NaN or infinity.
 */
export function queryVector(
  { rows, norms }: RowsWithNorms,
  terms: readonly QueryTerm[],
  combination: Combination,
): Float64Array {
  const weights = addedWeights(terms, combination);
  for (const [id] of weights) {
    checkRow(norms, id);
  }
  const vector = new Float64Array(rows.dimension);
  const effective = weights.filter(([, weight]) => weight !== 0);
  const values = new Float32Array(rows.dimension);
  for (const [id, weight] of effective) {
    rows.copyRows(Uint32Array.of(id), values);
    const factor = factorOf(weight, combination, effective.length);
    const divisor = combination === 'unit' && effective.length > 1 ? norms[id] || 1 : 1;
    for (let j = 0; j < vector.length; j++) {
      vector[j] += factor * (values[j] / divisor);
    }
  }
  return vector;
}

function factorOf(weight: number, combination: Combination, count: number): number {
  return combination === 'unit' && count === 1 ? Math.sign(weight) : weight;
}

/** @throws {RangeError} when the row does not exist or is not ranked. */
export function checkRow(norms: Float64Array, id: number): void {
  if (!Number.isInteger(id) || id < 0 || id >= norms.length) {
    throw new RangeError(`Token id ${id} is outside the vocabulary, 0 … ${norms.length - 1}.`);
  }
  if (Number.isNaN(norms[id])) {
    throw new RangeError(`The embedding of token id ${id} holds NaN or infinity.`);
  }
}

/** Weight of each token, by rising id. */
function addedWeights(terms: readonly QueryTerm[], combination: Combination): [id: number, weight: number][] {
  let largest = 0;
  for (const { id, weight } of terms) {
    if (!Number.isFinite(weight)) {
      throw new RangeError(`The weight of token id ${id} is ${weight}.`);
    }
    largest = Math.max(largest, Math.abs(weight));
  }
  const scale = combination === 'unit' && largest > 0 ? largest : 1;
  const weights = new Map<number, number>();
  for (const { id, weight } of terms) {
    weights.set(id, (weights.get(id) ?? 0) + weight / scale);
  }
  return [...weights].sort(([a], [b]) => a - b);
}
