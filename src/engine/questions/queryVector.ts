/** A vector in embedding space: Σ weight · row. One token, the mean of several, or a formula. */
export interface QueryVector {
  readonly terms: readonly { readonly weight: number; readonly id: number }[];
  /**
   * For `centered`: the mean row μ is taken from each term, Σ weight · (row − μ), so that a multiple of a token is centered as the token
   * is, and a difference has no μ in it; else it is taken once from the sum, Σ weight · row − μ. Both are the same where the weights
   * add up to 1. The other metrics do not look at it.
   */
  readonly centerEachTerm?: boolean;
}
