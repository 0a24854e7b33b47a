import type { ScoreDistribution } from './scoreDistribution';

/** One measure of all tokens: to color many points by. */
export interface ValuesOfAll {
  /**
   * Of each row, in single precision; NaN where it is not ranked. A norm or distance is rounded once. A similarity is the middle of an
   * interval that holds the exact score, as in {@link TokenValues.percentiles}: enough for a color, not for a digit.
   */
  readonly values: Float32Array<ArrayBuffer>;
  /** Of the values: 100 bins, the few that are far from all others left out. */
  readonly distribution: ScoreDistribution;
}
