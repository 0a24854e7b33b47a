/** UTF-16 range [start, end) of a text. */
export type TokenRange = readonly [start: number, end: number];

/** Tokens of a text and where they stand in it. */
export interface Encoding {
  /** Token ids, in the order of the text. */
  readonly ids: readonly number[];
  /**
   * One range a token. A token that holds only part of a character gets the whole character's range, so the ranges of
   * neighbors may overlap; together they cover the text without gaps.
   */
  readonly offsets: readonly TokenRange[];
}
