import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import type { Metric } from '../../../protocol/metric';
import type { MetricNeighborsView } from '../../../protocol/tokenPageView';
import { tokenView } from '../../tokens/tokenView';
import type { EmbeddingQuestions } from '../../session/embeddingQuestions';
import { vectorOfTerms } from '../../query/vectorOfTerms';

/** Neighbors of a token that its page lists. */
const LISTED = 10;

/**
 * The neighbors of a token under two metrics, each with its rank under the other. The token itself is none of them, and does not count
 * in the ranks. Where one of the metrics has no order for it, as a cosine has none for a row of zeros, both lists say so.
 */
export async function neighborsUnderTwo(
  embeddings: EmbeddingQuestions,
  tokenizer: Tokenizer,
  id: number,
  [first, second]: readonly [Metric, Metric],
  signal: AbortSignal,
): Promise<readonly [MetricNeighborsView, MetricNeighborsView]> {
  const listUnder = (metric: Metric, other: Metric): Promise<MetricNeighborsView> =>
    neighborsUnder(embeddings, tokenizer, id, metric, other, signal);
  try {
    return await Promise.all([listUnder(first, second), listUnder(second, first)]);
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
    // Lists without the ranks under the other metric would not be what this compares.
    const refused = (metric: Metric): MetricNeighborsView => ({
      metric,
      neighbors: [],
      refusal: error.message,
    });
    return [refused(first), refused(second)];
  }
}

async function neighborsUnder(
  embeddings: EmbeddingQuestions,
  tokenizer: Tokenizer,
  id: number,
  metric: Metric,
  otherMetric: Metric,
  signal: AbortSignal,
): Promise<MetricNeighborsView> {
  const query = vectorOfTerms([{ weight: 1, id }]);
  const answer = await embeddings.ask('neighbors', { query, metric, k: LISTED + 1 }, signal);
  const others = answer.neighbors.filter((neighbor) => neighbor.id !== id).slice(0, LISTED);
  if (others.length === 0) {
    return { metric, neighbors: [] };
  }
  const ids = [...others.map((neighbor) => neighbor.id), id];
  const { ranks } = await embeddings.ask('ranks', { query, metric: otherMetric, ids }, signal);
  const rankOfItself = ranks[others.length] ?? 0;
  return {
    metric,
    neighbors: others.map((neighbor, index) => {
      const otherRank = ranks[index] ?? 0;
      return {
        rank: index + 1,
        token: tokenView(tokenizer, neighbor.id),
        score: neighbor.score,
        otherRank: rankOfItself < otherRank ? otherRank - 1 : otherRank,
      };
    }),
  };
}
