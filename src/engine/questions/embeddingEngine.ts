import type { Combination, Metric } from '../../core/embedding/metric';
import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';

/** Progress of a load. */
export interface LoadProgress {
  /** Rows read and normalised so far. */
  readonly rowsDone: number;
  readonly rowCount: number;
  /** What is being read, for the panel's sentence: file, tensor, dtype. */
  readonly model: ModelIdentity;
}

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

export interface NeighborRequest {
  readonly query: QueryVector;
  /** Cosine where it is not given. */
  readonly metric?: Metric;
  /** How many neighbours, 1 … vocabulary size (larger values are cut). */
  readonly k: number;
  /** The rows that may be answered: bit `id & 31` of word `id >> 5`. All where it is not given. */
  readonly allowed?: Uint32Array;
  /** Ask for the 2-D map of the query and its neighbours (at most {@link MAX_PROJECTED} of them, best first). */
  readonly projection?: boolean;
  /** Ask how the scores of all rows are distributed. */
  readonly distribution?: boolean;
}

/** Most neighbours that a map shows; more could not be labelled or told apart. */
export const MAX_PROJECTED = 200;

/** Principal components of the unit rows of the neighbours and of the query. */
export interface NeighborProjection {
  /** x and y of the query, which need not be a row. */
  readonly query: readonly [number, number];
  /** x and y of each neighbour, in the order of the answer. */
  readonly points: readonly (readonly [number, number])[];
  /** Shares of the spread that the two axes show, 0 … 1. */
  readonly explained: readonly [number, number];
  /** For each neighbour: fewer than 3 of its 5 true nearest among the shown are among its 5 nearest on the map. */
  readonly misplaced: readonly boolean[];
}

/** How many rows score how much. */
export interface ScoreDistribution {
  /** The scores from which the first bin begins and at which the last one ends. */
  readonly from: number;
  readonly to: number;
  /** Rows in each of the equally wide bins. Scores are screened ones: a row near a border may count in the next bin. */
  readonly counts: Uint32Array;
}

/** One entry of the ranking. */
export interface Neighbor {
  /** Token id = row number. */
  readonly id: number;
  /** Score by the metric, in double precision. */
  readonly score: number;
  /** Euclidean length of the row as the checkpoint holds it. */
  readonly norm: number;
}

export interface NeighborAnswer {
  readonly metric: Metric;
  /** Whether the rows of the query were added up as they are or at unit length. */
  readonly combination: Combination;
  /** Best first; equal scores by rising id. Rows with NaN or infinity never appear. */
  readonly neighbors: readonly Neighbor[];
  /**
   * Mean score of the query over all ranked rows: what "unrelated" looks like. For `euclidean` the root of the mean square. Not there
   * where the neighbor graph answered while no index was in memory.
   */
  readonly averageScore?: number;
  readonly projection?: NeighborProjection;
  readonly distribution?: ScoreDistribution;
  readonly model: ModelIdentity;
  /** Time of the search in the engine in milliseconds, without waiting for it and without the map. */
  readonly milliseconds: number;
  /** What gave the answer: the neighbor graph, a scan of the index, or the plain loop. All give the same. */
  readonly source: 'graph' | 'index' | 'loop';
}

/** How a matrix is loaded. */
export interface LoadOptions {
  /** Name of the embedding tensor, where it is none of the usual ones. */
  readonly tensorName?: string | undefined;
  /** Folder in which the index and the neighbor graph are kept; nothing is kept where it is not given. */
  readonly cacheFolder?: string | undefined;
  /**
   * Only opens the model: the index is read or built when a question needs it. For one that was loaded before, whose
   * neighbor graph may answer all that is asked.
   */
  readonly indexLater?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/** Places of some tokens in the ranking of all, or of those that are allowed. */
export interface RankRequest {
  readonly query: QueryVector;
  readonly metric: Metric;
  /** Ranked tokens, at most {@link MAX_RANKED}. */
  readonly ids: readonly number[];
  /**
   * The rows that ranks count: bit `id & 31` of word `id >> 5`. All where it is not given. A token that is not among them has the rank
   * that it would have if it were added to them.
   */
  readonly allowed?: Uint32Array | undefined;
}

/** Most tokens whose ranks are asked for at once. */
export const MAX_RANKED = 1_000;

export interface RankAnswer {
  /** Exact scores, in the order of the ids. */
  readonly scores: Float64Array;
  /** 1 + how many of the counted tokens score better (equal scores: how many have a lower id). */
  readonly ranks: Uint32Array;
  /** How many tokens the ranks count: those that are ranked and allowed. */
  readonly rankedCount: number;
}

/** Most vectors that are compared at once: a matrix of more numbers could not be read. */
export const MAX_COMPARED = 40;

/** Vectors side by side. Of a query with a row that is not ranked, all is NaN. */
export interface Comparison {
  /** The tokens of the queries whose rows hold NaN or infinity, rising. */
  readonly unrankedIds: readonly number[];
  /**
   * The vectors that are searched by cosine, one a query, row-major: as the checkpoint holds it for one token (its negative for a
   * negative weight), else the sum of unit vectors, with weights relative to the largest. Rounded; all figures are those of vectors in
   * double precision.
   */
  readonly vectors: Float32Array;
  readonly dimension: number;
  /** Euclidean length of each vector. */
  readonly norms: Float64Array;
  /** Shares of the ranked tokens with a smaller norm, 0 … 1. */
  readonly normPercentiles: Float64Array;
  /**
   * Scores by row, then column, queries × queries, under each metric: each between the vectors that {@link EmbeddingEngine.neighbors}
   * takes under that metric, with rows at unit length for `cosine` alone. Where one of the two is a token of weight 1, that is the
   * token's score in a search for the other, bit for bit.
   */
  readonly scores: Readonly<Record<Metric, Float64Array>>;
  /** Pearson correlation of the values, queries × queries; 0 where one is constant. */
  readonly pearson: Float64Array;
  /** Mean cosine, plain and centered, over all pairs of ranked tokens (each with itself too). */
  readonly averageCosine: number;
  readonly averageCentered: number;
  /** Time in the engine. The first comparison of a model takes a pass over all rows, for the averages. */
  readonly milliseconds: number;
}

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

/**
 * What is measured of a token: the Euclidean length of its row, the distance of its row from the mean row, or the score of its row
 * in a search for a query.
 */
export type TokenMeasure =
  | { readonly kind: 'norm' }
  | { readonly kind: 'centroidDistance' }
  | { readonly kind: 'similarity'; readonly query: QueryVector; readonly metric: Metric };

/** Most tokens that are measured at once: more than most vocabularies have. */
export const MAX_MEASURED = 65_536;

/** One measure of some tokens, and how it is distributed over all. */
export interface TokenValues {
  /**
   * In the order of the ids, in double precision; a score is bit for bit that of a search. NaN for an id whose row is not ranked or
   * that the matrix does not have.
   */
  readonly values: Float64Array;
  /**
   * 101 values of all ranked tokens, never falling: the least, the value that 1 % of them do not exceed, … the greatest. By nearest
   * rank: the p-th is the ⌈p / 100 · n⌉-th smallest of n values, the 0th the smallest. All NaN where no token is ranked.
   *
   * Of `norm` and `centroidDistance` all are exact, of `similarity` the first and the last. Those between come from screened scores,
   * each the middle of an interval that holds the exact one, so a percentile is off by at most half the widest interval: enough for a
   * color, not for a digit. (On a matrix like GPT-2's cosines are off by less than 0.0005; in the plain loop all are exact.) The same
   * measure gives the same percentiles, whichever tokens are asked for.
   */
  readonly percentiles: Float64Array;
}

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

/** Progress of the neighbor graph. */
export interface GraphProgress {
  /** Share of the work that is done, 0 … 1. */
  readonly fraction: number;
  /** undefined while it cannot be told. */
  readonly secondsLeft?: number;
}

/**
 * Owns one embedding matrix away from the extension host's main loop. The same interface is served by a worker thread (the
 * extension), and in the caller's own thread (terminal, tests).
 *
 * Every call settles: with a result, a {@link CheckpointError}, or the reason of its signal.
 */
export interface EmbeddingEngine {
  /** Reads a matrix and its index, in place of the one loaded before. */
  load(location: ModelLocation, options?: LoadOptions): Promise<ModelIdentity>;

  /**
   * @throws {RangeError} when a token id is outside the vocabulary or its row holds NaN or infinity, or a weight is beyond
   *   what can be added up.
   * @throws {EngineUnavailableError} when nothing is loaded, or the model's file has changed since.
   */
  neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer>;

  /**
   * Answers several questions in one pass over the index.
   *
   * @param requests Without projection and distribution.
   * @throws As {@link neighbors}, for the first request that fails.
   */
  neighborsOfMany(requests: readonly NeighborRequest[], signal?: AbortSignal): Promise<NeighborAnswer[]>;

  /**
   * Answers what needs no work: from the neighbor graph, or from an index that is in memory already. The index is neither read
   * nor built. For hovers.
   *
   * @param requests Without projection and distribution.
   * @returns An answer for each request, in their order; undefined where neither can give it.
   * @throws As {@link neighbors}, for the first request that fails.
   */
  neighborsWithoutIndex(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<(NeighborAnswer | undefined)[]>;

  /** @throws As {@link neighbors}; {RangeError} for more than {@link MAX_RANKED} ids, or one that is not ranked. */
  ranks(request: RankRequest, signal?: AbortSignal): Promise<RankAnswer>;

  /**
   * Rows that hold NaN or infinity are no failure: see {@link Comparison}.
   *
   * @param queries 1 … {@link MAX_COMPARED}.
   * @throws As {@link neighbors} otherwise; {RangeError} for none or too many.
   */
  compare(queries: readonly QueryVector[], signal?: AbortSignal): Promise<Comparison>;

  /** @throws As {@link neighbors}. */
  measureToken(id: number, signal?: AbortSignal): Promise<TokenMeasures>;

  /**
   * Measures some tokens, for colors and marks. A norm or distance is looked up; a score is computed from the row.
   *
   * @param ids At most {@link MAX_MEASURED}, in any order, also repeated. One that is not ranked is no failure: see {@link TokenValues}.
   * @throws As {@link neighbors}; {RangeError} for too many ids.
   */
  tokenValues(measure: TokenMeasure, ids: readonly number[], signal?: AbortSignal): Promise<TokenValues>;

  /**
   * Runs the plain loop over all rows, read from the file, beside the fast path.
   *
   * @throws As {@link neighbors}.
   */
  verify(request: NeighborRequest, signal?: AbortSignal): Promise<Verification>;

  /**
   * Rows as text, values separated by tabs, rows by line feeds: for the TensorFlow projector.
   *
   * @param ids At most {@link MAX_RANKED}.
   * @returns Each value in the fewest digits that give its single-precision value back.
   * @throws As {@link ranks}.
   */
  embeddingsTsv(ids: readonly number[], signal?: AbortSignal): Promise<string>;

  /**
   * Computes the neighbor graph of the whole vocabulary, or goes on with one that was interrupted, and keeps it in the cache
   * folder. Other calls are answered meanwhile. Resolves at once where it is there already.
   *
   * @throws The signal's reason when it is aborted: what is done is kept.
   */
  buildGraph(signal?: AbortSignal, onProgress?: (progress: GraphProgress) => void): Promise<void>;

  /** Frees the matrix and ends the worker. The engine can be loaded again. */
  release(): Promise<void>;
}
