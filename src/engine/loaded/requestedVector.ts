import { combinationFor, type Metric } from '../../core/embedding/metric';
import { queryVector } from '../../core/embedding/queryVector';
import type { EmbeddingSearch } from '../../core/embedding/search/embeddingSearch';
import type { QueryVector } from '../questions/queryVector';

/**
 * The vector that a search under a metric takes for a query: with the rows added up as the metric wants it, and for `centered` with
 * the mean row so often in it that once is left to be taken away, as {@link QueryVector.centerEachTerm} says.
 *
 * @throws {RangeError} As {@link queryVector}.
 */
export function requestedVector(
  search: Pick<EmbeddingSearch, 'rows' | 'norms' | 'meanRow'>,
  query: QueryVector,
  metric: Metric,
): Float64Array {
  return metric === 'centered' && query.centerEachTerm === true
    ? centeredByTerm(search, query)
    : queryVector(search, query.terms, combinationFor(metric));
}

/**
 * The vector of a question that puts rows in an order. By the two cosines a vector without direction has no order to give: all scores would
 * be 0, and the order that of the ids.
 *
 * @throws {RangeError} As {@link requestedVector}, and under `cosine` for a vector of zeros, under `centered` for the mean row itself.
 */
export function orderingVector(
  search: Pick<EmbeddingSearch, 'rows' | 'norms' | 'meanRow'>,
  query: QueryVector,
  metric: Metric,
): Float64Array {
  const vector = requestedVector(search, query, metric);
  if (metric === 'cosine' && vector.every((value) => value === 0)) {
    throw new RangeError(
      `The vector of this query is zero. It has no direction, and so no cosine with any token. ${OTHER_METRICS}`,
    );
  }
  if (metric === 'centered' && vector.every((value, dimension) => value === search.meanRow[dimension])) {
    throw new RangeError(
      `The vector of this query is the mean of all rows. Centered, it has no direction, and so no cosine with any token. ${OTHER_METRICS}`,
    );
  }
  return vector;
}

const OTHER_METRICS = 'Euclidean distance and dot product can be asked for.';

/**
 * A vector q with q − μ = Σ weight · (row − μ), which is q = Σ weight · row + (1 − Σ weight) · μ. A positive factor of all weights,
 * which changes no cosine, is chosen so that the largest is 1: in a sum of tiny weights μ would drown the rows, and a multiple of a
 * token is exactly that token.
 */
function centeredByTerm(
  search: Pick<EmbeddingSearch, 'rows' | 'norms' | 'meanRow'>,
  { terms }: QueryVector,
): Float64Array {
  const largest = terms.reduce((before, { weight }) => Math.max(before, Math.abs(weight)), 0);
  // Weights that are not finite are left to be refused as they are.
  const scale = largest > 0 && largest < Infinity ? largest : 1;
  const scaled = terms.map(({ id, weight }) => ({ id, weight: weight / scale }));
  const vector = queryVector(search, scaled, combinationFor('centered'));
  const missing = 1 - scaled.reduce((sum, { weight }) => sum + weight, 0);
  return missing === 0
    ? vector
    : vector.map((value, dimension) => value + missing * (search.meanRow[dimension] ?? NaN));
}
