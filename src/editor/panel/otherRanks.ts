import type { QueryTerm } from '../../core/query/meanTerms';
import { MAX_NEIGHBORS } from '../../protocol/panelMessages';
import { METRICS, type Metric, type MetricPlaceView } from '../../protocol/panelSnapshot';
import type { EmbeddingQuestions } from './embeddingQuestions';
import { searchTerms } from './searchTerms';

/** Neighbors whose ranks under the metric before are asked for: those that a user sees without scrolling far. */
const MOST_COMPARED_RANKS = 200;

/** What was searched. */
export interface SearchedRows {
  readonly terms: readonly QueryTerm[];
  /** Left out of the answer. */
  readonly excludedIds: readonly number[];
  /** The rows that a filter let through, and without those that are left out; undefined where no filter asks anything of tokens. */
  readonly filtered: Uint32Array | undefined;
}

/**
 * The ranks that neighbors have under another metric, among the tokens that the list is taken from, as the list's own ranks are.
 *
 * Without a filter each has one. With a filter they are those of a second search, and who is not among its first 1,000 has none.
 *
 * @param ids Best first; only the first 200 are looked at.
 */
export async function ranksUnder(
  embeddings: EmbeddingQuestions,
  metric: Metric,
  { terms, excludedIds, filtered }: SearchedRows,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const wanted = ids.slice(0, MOST_COMPARED_RANKS);
  const query = { terms: searchTerms(metric, terms) };
  if (filtered !== undefined) {
    const { neighbors } = await embeddings.neighbors(
      { query, metric, k: MAX_NEIGHBORS, allowed: filtered },
      signal,
    );
    const looked = new Set(wanted);
    return new Map(neighbors.flatMap(({ id }, index) => (looked.has(id) ? [[id, index + 1] as const] : [])));
  }
  if (wanted.length === 0) {
    return new Map();
  }
  const left = excludedIds.slice(0, MAX_NEIGHBORS - wanted.length);
  const { ranks } = await embeddings.ranks({ query, metric, ids: [...wanted, ...left] }, signal);
  const rankOf = (index: number): number => ranks[index] ?? 0;
  return new Map(
    wanted.map((id, index) => {
      // Who is left out does not count in the list, though the engine counted them.
      const before = left.filter((_, at) => rankOf(wanted.length + at) < rankOf(index)).length;
      return [id, rankOf(index) - before];
    }),
  );
}

/** Score and rank of a token under each metric, among all tokens. */
export function placesUnderMetrics(
  embeddings: EmbeddingQuestions,
  terms: readonly QueryTerm[],
  id: number,
  signal: AbortSignal,
): Promise<MetricPlaceView[]> {
  return Promise.all(
    METRICS.map(async (metric) => {
      const query = { terms: searchTerms(metric, terms) };
      const { scores, ranks } = await embeddings.ranks({ query, metric, ids: [id] }, signal);
      return { metric, score: scores[0] ?? 0, rank: ranks[0] ?? 0 };
    }),
  );
}
