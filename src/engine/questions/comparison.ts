import type { Metric } from '../../core/embedding/metric';

/** Most vectors that are compared at once: a matrix of more numbers could not be read. */
export const MAX_COMPARED = 40;

/** Vectors side by side. Of a query with a row that is not ranked, all is NaN. */
export interface Comparison {
  /** The tokens of the queries whose rows hold NaN or infinity, rising. */
  readonly unrankedIds: readonly number[];
  /**
   * The vectors that are searched by cosine, one a query, row-major: as the checkpoint holds it for one token (its negative for a
   * negative weight), else the sum of unit vectors, with weights relative to the largest. Rounded; all figures are those of vectors in
   * double precision.
   */
  readonly vectors: Float32Array;
  readonly dimension: number;
  /** Euclidean length of each vector. */
  readonly norms: Float64Array;
  /** Shares of the ranked tokens with a smaller norm, 0 … 1. */
  readonly normPercentiles: Float64Array;
  /**
   * Scores by row, then column, queries × queries, under each metric: each between the vectors that a search takes
   * under that metric, with rows at unit length for `cosine` alone. Where one of the two is a token of weight 1, that is the
   * token's score in a search for the other, bit for bit.
   */
  readonly scores: Readonly<Record<Metric, Float64Array>>;
  /** Pearson correlation of the values, queries × queries; 0 where one is constant. */
  readonly pearson: Float64Array;
  /** Mean cosine, plain and centered, over all pairs of ranked tokens (each with itself too). */
  readonly averageCosine: number;
  readonly averageCentered: number;
  /** Time in the engine. The first comparison of a model takes a pass over all rows, for the averages. */
  readonly milliseconds: number;
}
