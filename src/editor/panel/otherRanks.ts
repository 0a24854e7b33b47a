import type { NeighborRequest } from '../../engine/questions/neighborAnswer';
import type { MetricPlaceView } from '../../protocol/answerView';
import { METRICS, type Metric } from '../../protocol/metric';
import type { EmbeddingQuestions } from '../session/embeddingQuestions';

/** Neighbors whose ranks under the metric before are asked for: those that a user sees without scrolling far. */
const MOST_COMPARED_RANKS = 200;

/** What was searched, and in which rows: ranks count the same, so that they agree with the list's. */
export type SearchedRows = Pick<NeighborRequest, 'query' | 'allowed'>;

/**
 * The ranks that neighbors have under another metric.
 *
 * @param ids Best first; only the first 200 are looked at.
 */
export async function ranksUnder(
  embeddings: EmbeddingQuestions,
  metric: Metric,
  { query, allowed }: SearchedRows,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const wanted = ids.slice(0, MOST_COMPARED_RANKS);
  if (wanted.length === 0) {
    return new Map();
  }
  const { ranks } = await embeddings.ask('ranks', { query, metric, ids: wanted, allowed }, signal);
  return new Map(wanted.map((id, index) => [id, ranks[index] ?? 0]));
}

/** Score and rank of a token under each metric. */
export function placesUnderMetrics(
  embeddings: EmbeddingQuestions,
  { query, allowed }: SearchedRows,
  id: number,
  signal: AbortSignal,
): Promise<MetricPlaceView[]> {
  return Promise.all(
    METRICS.map(async (metric) => {
      const request = { query, metric, ids: [id], allowed };
      const { scores, ranks, rankedCount } = await embeddings.ask('ranks', request, signal);
      return { metric, score: scores[0] ?? 0, rank: ranks[0] ?? 0, rankedCount };
    }),
  );
}
