import type { Metric } from '../../core/embedding/metric';
import type { QueryVector } from './queryVector';

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
