import { cosineOfSums, moderateQuery, squaredLength } from '../canonicalSums';
import type { Metric } from '../metric';

/** Between these magnitudes neither squares nor products with float32 rows over- or underflow in double precision. */
const LARGEST_QUERY_VALUE = 2 ** 400;
const SMALLEST_QUERY_VALUE = 2 ** -400;

/** A query made ready for one metric. */
export interface PreparedQuery {
  readonly metric: Metric;
  /**
   * What the rows are compared with: the query itself, for `centered` less the mean row. For the two cosines, which do not depend on
   * it, in moderate scale.
   */
  readonly vector: Float64Array;
  /** Σ vector², in the canonical order. */
  readonly squared: number;
  /** √squared */
  readonly length: number;
}

/**
 * @param meanRow Mean of all ranked rows.
 * @throws {RangeError} for a query of another length than the mean row's, one that is not finite, or whose values are beyond 2^±400.
 */
export function prepareQuery(query: Float64Array, metric: Metric, meanRow: Float64Array): PreparedQuery {
  if (query.length !== meanRow.length) {
    throw new RangeError(`The query has ${query.length} values, the matrix ${meanRow.length} a row.`);
  }
  requireModerate(query);
  const vector = vectorFor(query, metric, meanRow);
  const squared = squaredLength(vector, 0, vector.length);
  return { metric, vector, squared, length: Math.sqrt(squared) };
}

function vectorFor(query: Float64Array, metric: Metric, meanRow: Float64Array): Float64Array {
  switch (metric) {
    case 'cosine':
      return moderateQuery(query);
    case 'centered':
      return moderateQuery(query.map((value, j) => value - meanRow[j]));
    case 'dot':
    case 'euclidean':
      return query;
  }
}

function requireModerate(query: Float64Array): void {
  let largest = 0;
  for (const value of query) {
    if (!Number.isFinite(value)) {
      throw new RangeError('The query vector holds NaN or infinity.');
    }
    largest = Math.max(largest, Math.abs(value));
  }
  if (largest > LARGEST_QUERY_VALUE || (largest > 0 && largest < SMALLEST_QUERY_VALUE)) {
    throw new RangeError(
      'The values of the query vector are beyond 2^±400: its weights are too large or too small.',
    );
  }
}

/**
 * The score of one row.
 *
 * @param product In the canonical order: Σ vector · value; for `centered` Σ vector · (value − mean); for `euclidean` Σ (vector − value)².
 * @param rowSquared Σ value², for `centered` Σ (value − mean)²; not used by the other two.
 */
export function scoreOf({ metric, squared }: PreparedQuery, product: number, rowSquared: number): number {
  switch (metric) {
    case 'cosine':
    case 'centered':
      return cosineOfSums(product, squared, rowSquared);
    case 'dot':
      // A sum of −0 is written as 0, so that equal scores are also the same value.
      return product === 0 ? 0 : product;
    case 'euclidean':
      return Math.sqrt(product);
  }
}
