/** Progress of the neighbor graph. */
export interface GraphProgress {
  /** Share of the work that is done, 0 … 1. */
  readonly fraction: number;
  /** undefined while it cannot be told. */
  readonly secondsLeft?: number;
}
