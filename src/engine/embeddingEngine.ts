import type { ModelIdentity, ModelLocation } from '../model/modelLocation';

/** Progress of a load. */
export interface LoadProgress {
  /** Rows read and normalised so far. */
  readonly rowsDone: number;
  readonly rowCount: number;
  /** What is being read, for the panel's sentence: file, tensor, dtype. */
  readonly model: ModelIdentity;
}

/** A direction in embedding space: Σ weight · (row / ‖row‖). One token, the mean of several, or a formula. */
export interface QueryVector {
  readonly terms: readonly { readonly weight: number; readonly id: number }[];
}

export interface NeighborRequest {
  readonly query: QueryVector;
  /** How many neighbours, 1 … vocabulary size (larger values are cut). */
  readonly k: number;
  /** Ask for the 2-D map of the query and its neighbours (at most {@link MAX_PROJECTED} of them, best first). */
  readonly projection?: boolean;
}

/** Most neighbours that a map shows; more could not be labelled or told apart. */
export const MAX_PROJECTED = 200;

export interface Neighbor {
  /** Token id = row number. */
  readonly id: number;
  /** Cosine similarity with the query, −1 … 1, in double precision. */
  readonly score: number;
  /** Euclidean length of the row as the checkpoint holds it. */
  readonly norm: number;
}

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

export interface NeighborAnswer {
  /** By falling score; equal scores by rising id. Rows with NaN or infinity never appear. */
  readonly neighbors: readonly Neighbor[];
  /** Mean similarity of the query with all ranked rows: what "unrelated" looks like. */
  readonly averageSimilarity: number;
  readonly projection?: NeighborProjection;
  readonly model: ModelIdentity;
  /** Time of the search in the engine in milliseconds, without waiting for it and without the map. */
  readonly milliseconds: number;
}

/** How a matrix is loaded. */
export interface LoadOptions {
  /** Name of the embedding tensor, where it is none of the usual ones. */
  readonly tensorName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/**
 * Owns one embedding matrix away from the extension host's main loop. The same interface is served by a worker thread (the
 * extension), and in the caller's own thread (terminal, tests).
 *
 * Every call settles: with a result, a {@link CheckpointError}, or the reason of its signal.
 */
export interface EmbeddingEngine {
  /** Reads and normalises a matrix, in place of the one loaded before. */
  load(location: ModelLocation, options?: LoadOptions): Promise<ModelIdentity>;

  /**
   * @throws {RangeError} when a token id is outside the vocabulary or its row holds NaN or infinity.
   * @throws {Error} when nothing is loaded.
   */
  neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer>;

  /** Frees the matrix and ends the worker. The engine can be loaded again. */
  release(): Promise<void>;
}
