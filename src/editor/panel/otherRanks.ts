import type { NeighborRequest } from '../../engine/questions/neighborAnswer';
import type { RankAnswer, RankRequest } from '../../engine/questions/rankAnswer';
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
 * @returns Empty where that metric has no order for the query.
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
  const answer = await ranksIfDefined(embeddings, { query, metric, ids: wanted, allowed }, signal);
  return new Map(answer ? wanted.map((id, index) => [id, answer.ranks[index] ?? 0]) : []);
}

/** Score and rank of a token under each metric that puts tokens in an order for this query. */
export async function placesUnderMetrics(
  embeddings: EmbeddingQuestions,
  { query, allowed }: SearchedRows,
  id: number,
  signal: AbortSignal,
): Promise<MetricPlaceView[]> {
  const places = await Promise.all(
    METRICS.map(async (metric) => {
      const answer = await ranksIfDefined(embeddings, { query, metric, ids: [id], allowed }, signal);
      return answer
        ? [
            {
              metric,
              score: answer.scores[0] ?? 0,
              rank: answer.ranks[0] ?? 0,
              rankedCount: answer.rankedCount,
            },
          ]
        : [];
    }),
  );
  return places.flat();
}

/**
 * Ranks of tokens that an answer has already; undefined where this metric has no order for its query, as the cosines have none for a vector
 * of zeros.
 */
export async function ranksIfDefined(
  embeddings: EmbeddingQuestions,
  request: RankRequest,
  signal: AbortSignal,
): Promise<RankAnswer | undefined> {
  try {
    return await embeddings.ask('ranks', request, signal);
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}
