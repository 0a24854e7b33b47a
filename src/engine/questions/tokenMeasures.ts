import type { ScoreDistribution } from './scoreDistribution';

/** What the matrix says about one token. */
export interface TokenMeasures {
  readonly norm: number;
  /** Share of ranked tokens with a smaller norm, 0 … 1. */
  readonly normPercentile: number;
  readonly norms: ScoreDistribution;
  /** Distance from the mean row. */
  readonly centroidDistance: number;
  readonly centroidPercentile: number;
  readonly centroidDistances: ScoreDistribution;
}
