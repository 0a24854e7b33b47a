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
