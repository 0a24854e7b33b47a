/** One addend of a query vector: weight times the unit row of a token. */
export interface QueryTerm {
  readonly weight: number;
  readonly id: number;
}

/**
 * The mean of the normalized vectors of some tokens, Σ 1/n · (row / ‖row‖): how a word of several tokens, which has no row
 * of its own, is searched. Of unit vectors, so that a piece with a long vector does not drown the others.
 */
export function meanTerms(ids: readonly number[]): QueryTerm[] {
  return ids.map((id) => ({ weight: 1 / ids.length, id }));
}
