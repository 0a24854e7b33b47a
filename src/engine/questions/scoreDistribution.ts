/** How many rows score how much. */
export interface ScoreDistribution {
  /** The scores from which the first bin begins and at which the last one ends. */
  readonly from: number;
  readonly to: number;
  /** Rows in each of the equally wide bins. Scores are screened ones: a row near a border may count in the next bin. */
  readonly counts: Uint32Array;
  /** Rows beyond either end, in no bin: few far ones that would squeeze all others into some bins. Missing for none. */
  readonly below?: number;
  readonly above?: number;
}
