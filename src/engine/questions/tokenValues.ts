import type { Metric } from '../../core/embedding/metric';
import type { QueryVector } from './queryVector';

/**
 * What is measured of a token: the Euclidean length of its row, the distance of its row from the mean row, or the score of its row
 * in a search for a query.
 */
export type TokenMeasure =
  | { readonly kind: 'norm' }
  | { readonly kind: 'centroidDistance' }
  | { readonly kind: 'similarity'; readonly query: QueryVector; readonly metric: Metric };

export interface TokenValuesRequest {
  readonly measure: TokenMeasure;
  /** At most {@link MAX_MEASURED}, in any order, also repeated. */
  readonly ids: readonly number[];
}

/** Most tokens that are measured at once: more than most vocabularies have. */
export const MAX_MEASURED = 65_536;

/** One measure of some tokens, and how it is distributed over all. */
export interface TokenValues {
  /**
   * In the order of the ids, in double precision; a score is bit for bit that of a search. NaN for an id whose row is not ranked or
   * that the matrix does not have.
   */
  readonly values: Float64Array;
  /**
   * 101 values of all ranked tokens, never falling: the least, the value that 1 % of them do not exceed, … the greatest. By nearest
   * rank: the p-th is the ⌈p / 100 · n⌉-th smallest of n values, the 0th the smallest. All NaN where no token is ranked.
   *
   * Of `norm` and `centroidDistance` all are exact, of `similarity` the first and the last. Those between come from screened scores,
   * each the middle of an interval that holds the exact one, so a percentile is off by at most half the widest interval: enough for a
   * color, not for a digit. (On a matrix like GPT-2's cosines are off by less than 0.0005; in the plain loop all are exact.) The same
   * measure gives the same percentiles, whichever tokens are asked for.
   */
  readonly percentiles: Float64Array;
}
