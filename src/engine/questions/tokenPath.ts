export interface TokenPathRequest {
  /** Token ids, in any order. */
  readonly from: number;
  readonly to: number;
}

/** A way from token to token over the neighbor graph: the cheapest, one of many. */
export interface TokenPath {
  /** Token ids, from the one that was asked for first to the other. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Cosine of each token and the next, in single precision: one less than there are tokens. */
  readonly similarities: Float32Array<ArrayBuffer>;
}
