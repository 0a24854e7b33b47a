import { shareBeside } from '../core/embedding/layout/layoutQuality';
import { sampleSurroundings, trustworthiness } from '../core/embedding/layout/trustworthiness';
import type { Tokenizer } from '../core/tokenizer/tokenizer';
import type { EmbeddingEngine } from '../engine/questions/embeddingEngine';
import type { VocabularyLayout } from '../engine/questions/vocabularyLayout';
import { spacedPairs } from './spacedPairs';

/** Tokens whose surroundings are compared with the ranks of all others. */
const SAMPLED_TOKENS = 2_000;
const SAMPLE_SEED = 1;

/** What the layout alone does not say about itself. */
export interface MapFigures {
  /** See `trustworthiness`; undefined for a small map. */
  readonly trustworthiness: number | undefined;
  /** Share of the words with and without a space that lie beside each other; undefined where there are none. */
  readonly twins: number | undefined;
}

/**
 * Measures a layout by the model that it was made from.
 *
 * @param sampledTokens Those whose surroundings are ranked.
 */
export async function measureMap(
  engine: EmbeddingEngine,
  tokenizer: Tokenizer,
  { positions, placedCount }: Pick<VocabularyLayout, 'positions' | 'placedCount'>,
  sampledTokens = SAMPLED_TOKENS,
): Promise<MapFigures> {
  const { points, ids, pointOf } = placedPoints(positions);
  const ranks: number[][] = [];
  for (const { point, around } of sampleSurroundings(points, sampledTokens, SAMPLE_SEED)) {
    const answer = await engine.ask('ranks', {
      query: { terms: [{ weight: 1, id: ids[point] ?? 0 }] },
      metric: 'cosine',
      ids: Array.from(around, (other) => ids[other] ?? 0),
    });
    // The token itself is the first of its ranking.
    ranks.push(Array.from(answer.ranks, (rank) => rank - 1));
  }
  const pairs = spacedPairs(tokenizer, positions.length / 2).flatMap(([bare, spaced]) => {
    const [point = -1, other = -1] = [pointOf[bare], pointOf[spaced]];
    return point < 0 || other < 0 ? [] : [[point, other] as const];
  });
  return {
    trustworthiness: trustworthiness(ranks, placedCount),
    twins: pairs.length === 0 ? undefined : shareBeside(points, pairs),
  };
}

interface PlacedPoints {
  /** x and y of each row that has a place. */
  readonly points: Float32Array;
  /** Its row. */
  readonly ids: Uint32Array;
  /** Of each row; −1 where it has no place. */
  readonly pointOf: Int32Array;
}

function placedPoints(positions: Float32Array): PlacedPoints {
  const rows = Uint32Array.from({ length: positions.length / 2 }, (_, row) => row);
  const ids = rows.filter((row) => Number.isFinite(positions[2 * row]));
  const pointOf = new Int32Array(rows.length).fill(-1);
  const points = new Float32Array(2 * ids.length);
  ids.forEach((row, point) => {
    pointOf[row] = point;
    points.set(positions.subarray(2 * row, 2 * row + 2), 2 * point);
  });
  return { points, ids, pointOf };
}
