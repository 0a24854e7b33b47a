import { dotWithRow, squaredDistanceToRow, squaredLength } from '../../core/embedding/canonicalSums';
import { isDistance } from '../../core/embedding/metric';
import { prepareQuery, scoreOf } from '../../core/embedding/search/preparedQuery';
import type { DatabaseRow, ScoredRow } from '../vectorDatabase';
import type { DatabaseMetric } from '../vectorTable';

/** Half the distance between 1 and the next single-precision number. */
const EPSILON = 2 ** -24;

/**
 * Scores rows in double precision, in the order of summation of all exact figures, and ranks them: best first, equal scores by rising id. A
 * database computes in single precision, in whatever order its processor likes best.
 *
 * @throws {RangeError} for a query that holds NaN or infinity.
 */
export function scoreRows(
  query: Float64Array,
  metric: DatabaseMetric,
  rows: readonly DatabaseRow[],
): ScoredRow[] {
  const prepared = prepareQuery(query, metric, new Float64Array(query.length));
  const sign = isDistance(metric) ? 1 : -1;
  return rows
    .map((row) => {
      const squared = squaredLength(row.vector, 0, row.vector.length);
      const score =
        metric === 'euclidean'
          ? scoreOf(prepared, squaredDistanceToRow(prepared.vector, row.vector, 0), 0)
          : scoreOf(prepared, dotWithRow(prepared.vector, row.vector, 0), squared);
      return { ...row, score, norm: Math.sqrt(squared) };
    })
    .sort((a, b) => sign * (a.score - b.score) || a.id - b.id);
}

/** What is smaller the nearer a row is: what pgvector orders by, but in double precision. */
export function distanceOfScore(metric: DatabaseMetric, score: number): number {
  switch (metric) {
    case 'cosine':
      return 1 - score;
    case 'dot':
      return -score;
    case 'euclidean':
      return score;
  }
}

/**
 * The factor of a row's length that rounding can hide of a dot product: the query is rounded to single precision, and d products are summed in it,
 * in any order (N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2002, section 3.1: d·ε to first order; some terms are added for what is left out).
 */
export function dotSlack(query: Float64Array): number {
  return (query.length + 8) * EPSILON * 1.01 * Math.sqrt(squaredLength(query, 0, query.length));
}

/**
 * A bound below which the true distance of a row cannot lie, by the distance that the server computed in single precision; of `dot` its statement has
 * subtracted {@link dotSlack} already. For values whose squares neither overflow nor vanish in single precision.
 */
export function leastDistance(metric: DatabaseMetric, computed: number, query: Float64Array): number {
  const dimension = query.length;
  switch (metric) {
    case 'cosine':
      // The product and both lengths are sums of d terms.
      return computed - (2 * dimension + 16) * EPSILON * 1.01;
    case 'dot':
      return computed;
    case 'euclidean':
      return (
        computed * (1 - (dimension + 8) * EPSILON) -
        2 * EPSILON * Math.sqrt(squaredLength(query, 0, dimension))
      );
  }
}
