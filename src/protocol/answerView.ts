import type { ModelView } from './embeddingsView';
import type { Metric } from './metric';
import type { TokenView } from './tokenView';

export interface AnswerView {
  readonly metric: Metric;
  readonly neighbors: readonly NeighborView[];
  /** Mean score of the query over all tokens; for `euclidean` the root of the mean square. A database is not asked for it. */
  readonly averageScore?: number;
  /** How the scores of all tokens are distributed. */
  readonly distribution?: DistributionView;
  readonly map?: MapView;
  /** The metric whose ranks `previousRank` tells: the one shown before, for the same query. */
  readonly previousMetric?: Metric;
  /** What gave the answer. */
  readonly source: 'graph' | 'index' | 'loop' | 'table';
  /** How a database searched, such as `by index hnsw, approximate`; where it is not given the answer is exact. */
  readonly searched?: string;
  /** Time in the engine in milliseconds. */
  readonly milliseconds: number;
  /** The model that gave this answer. */
  readonly model: ModelView;
}

export interface NeighborView {
  /** Counted from 1. */
  readonly rank: number;
  readonly token: TokenView;
  /** By the metric of the answer. */
  readonly score: number;
  readonly norm: number;
  /** True for the tokens of the query itself. */
  readonly isQuery: boolean;
  /** Spelling without leading space and case: equal ones fold into one row. Empty for tokens that never fold. */
  readonly foldKey: string;
  /** Rank under `previousMetric` among the same tokens, counted from 1; only the first 200 neighbors have one. */
  readonly previousRank?: number;
  /** Score and rank under each metric, once they were asked for (the selected row asks). */
  readonly underMetrics?: readonly MetricPlaceView[];
}

export interface MetricPlaceView {
  readonly metric: Metric;
  readonly score: number;
  /** Counted from 1, among the tokens that the list is taken from. */
  readonly rank: number;
  /** How many these are: all that are ranked, but for those that the filter or the formula leaves out. */
  readonly rankedCount: number;
}

/** How many tokens score how much. */
export interface DistributionView {
  /** The scores from which the first bin begins and at which the last one ends. */
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
  /** How many tokens lie beyond either end, in no bin; missing for none. */
  readonly below?: number;
  readonly above?: number;
  /** How many tokens there are, those beyond the ends with them. */
  readonly total: number;
}

/** The neighbourhood on its two first principal components. */
export interface MapView {
  readonly query: readonly [number, number];
  /** One point a neighbour, best first; may be fewer than the neighbours. */
  readonly points: readonly (readonly [number, number])[];
  /** Shares of the spread on the two axes, 0 … 1. */
  readonly explained: readonly [number, number];
  /** Drawn hollow: the map shows this point beside others than its true neighbours. */
  readonly misplaced: readonly boolean[];
}
