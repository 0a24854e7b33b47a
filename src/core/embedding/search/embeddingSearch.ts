import type { Metric } from '../metric';

/** Rows of an embedding matrix as the checkpoint holds them, in single precision, wherever they are kept. */
export interface RowStore {
  readonly rowCount: number;
  readonly dimension: number;

  /**
   * Copies some rows. Synchronous, because a search needs them in its middle: from memory, or from a local file by position.
   *
   * @param ids Row numbers, in any order; each < rowCount.
   * @param target Receives `ids.length × dimension` values, row-major. May be a view of shared WebAssembly memory.
   * @throws {CheckpointError} when the file cannot be read any more.
   */
  copyRows(ids: Uint32Array, target: Float32Array): void;
}

export interface SearchRequest {
  /** Any finite vector of `dimension` values. */
  readonly query: Float64Array;
  readonly metric: Metric;
  /** How many rows, ≥ 1; cut to the number of rows that are ranked and allowed. */
  readonly k: number;
  /** The rows that may be answered: bit `id & 31` of word `id >> 5`. All where it is not given. */
  readonly allowed?: Uint32Array | undefined;
}

/** The k best rows, best first; equal scores by rising id. */
export interface RankedRows {
  readonly ids: Uint32Array;
  /** Score of each by the metric, in double precision, summed in the one canonical order (canonicalSums.ts). */
  readonly scores: Float64Array;
  /** How many rows could not be ruled out by the screen. */
  readonly candidates: number;
  /** How many of them were scored in double precision to be sure of the order. */
  readonly rescored: number;
}

/** Between which values the scores of all rows surely lie, in the units of the metric. */
export interface ScoreBounds {
  /** NaN for rows that are not ranked. Where both are equal, they are the exact score. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Exact one-to-all search in one matrix. Whatever computes it, the answer is, id for id and bit for bit, that of scoring every
 * row in double precision and sorting. Rows that hold NaN or infinity are never ranked.
 */
export interface EmbeddingSearch {
  readonly rowCount: number;
  readonly dimension: number;
  /** What computes it. */
  readonly kernel: 'wasm-simd' | 'loop';

  /** Euclidean length of each row, in double precision; 0 for a zero row, NaN for a row that is not ranked. */
  readonly norms: Float64Array;

  readonly rows: RowStore;

  /** Mean of all ranked rows, μ of the metric `centered`, in double precision. */
  readonly meanRow: Float64Array;

  /** @throws {RangeError} for a query of another length, one that is not finite, or whose values are beyond 2^±400. */
  search(request: SearchRequest): RankedRows;

  /** As {@link search}, for several requests; faster together than one after the other. */
  searchMany(requests: readonly SearchRequest[]): RankedRows[];

  /**
   * Scores of all rows, each within a proven bound of the exact score: for distributions, where the last digits do not show.
   *
   * @param target Receives one score a row; NaN for rows that are not ranked.
   */
  approximateScores(query: Float64Array, metric: Metric, target: Float32Array): void;

  /** Proven bounds of the exact scores of all rows, from what the search keeps in memory. @throws As {@link search}. */
  bounds(query: Float64Array, metric: Metric): ScoreBounds;

  /**
   * Exact scores of some rows, bit for bit those that {@link search} gives.
   *
   * @param ids Ranked rows, in any order; rising ones are read fastest.
   * @throws As {@link search}.
   */
  exactScores(query: Float64Array, metric: Metric, ids: Uint32Array): Float64Array;

  /** Euclidean distance of each row from the mean row, in double precision; NaN for a row that is not ranked. */
  centroidDistances(): Float64Array;

  /** Mean score of the query over all ranked rows: what "unrelated" looks like. For `euclidean` the root of the mean square. */
  averageScore(query: Float64Array, metric: Metric): number;
}
