import type { Combination, Metric } from '../../core/embedding/metric';
import type { ModelIdentity } from '../../model/modelLocation';
import type { QueryVector } from './queryVector';
import type { ScoreDistribution } from './scoreDistribution';

export interface NeighborRequest {
  readonly query: QueryVector;
  /** Cosine where it is not given. */
  readonly metric?: Metric;
  /** How many neighbours, 1 … vocabulary size (larger values are cut). */
  readonly k: number;
  /** The rows that may be answered: bit `id & 31` of word `id >> 5`. All where it is not given. */
  readonly allowed?: Uint32Array;
  /** In place of `allowed` where the rows are in a table of a database, which may have a hundred million. */
  readonly tableRows?: TableRows;
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
   * where the neighbor graph answered while no index was in memory, and where a database answered.
   */
  readonly averageScore?: number;
  readonly projection?: NeighborProjection;
  readonly distribution?: ScoreDistribution;
  readonly model: ModelIdentity;
  /** Time of the search in the engine in milliseconds, without waiting for it and without the map. */
  readonly milliseconds: number;
  /** What gave the answer: the neighbor graph, a scan of the index, or the plain loop, which all give the same; or a table in a database. */
  readonly source: 'graph' | 'index' | 'loop' | 'table';
  /** How a database searched; only where `source` is `table`. */
  readonly tableSearch?: TableSearchMethod;
}

/** Which rows of a table may be answered. */
export interface TableRows {
  readonly excludedIds: readonly number[];
  /** Only rows whose label holds this, whatever the case; empty for all. */
  readonly labelText: string;
}

/** How a database searched. */
export type TableSearchMethod = { readonly isCertain: boolean } & (
  | /** Every row was looked at. */ { readonly kind: 'exact' }
    /** The order came from an index that may miss rows. */
  | { readonly kind: 'index'; readonly method: 'hnsw' | 'ivfflat'; readonly name: string }
);
