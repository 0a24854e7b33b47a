/** The plain loop against the fast path, over all rows. */
export interface Verification {
  readonly rowCount: number;
  /** The loop over all rows and the sort, without reading the file: a notebook has the matrix in memory. */
  readonly loopMilliseconds: number;
  /** One search, with the rows that it reads from the file; the median of three. */
  readonly fastMilliseconds: number;
  /** Largest difference between the two scores of a token, over the k best of the fast path. */
  readonly largestDifference: number;
  /** Pearson correlation of the scores of all ranked rows: the loop's, and the screened ones of the fast path. */
  readonly correlation: number;
  /** True when both answer the same tokens in the same order; scores that differ by no more than roundings, 1e-12, count as equal. */
  readonly sameOrder: boolean;
}
