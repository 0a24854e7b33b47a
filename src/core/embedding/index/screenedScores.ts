import { hasRow } from '../search/allowedRows';
import type { PreparedQuery } from '../search/preparedQuery';
import type { ScoreBounds } from '../search/embeddingSearch';

/** What a scan of all rows has found, in the kernel's units: similarities to the query at unit length. */
export interface ScreenedRows {
  /** Bounds of each row; of those in `screened` only. */
  readonly lower: Float32Array;
  readonly upper: Float32Array;
  /** The rows that were screened, as a bitmap. */
  readonly screened: Uint32Array;
}

/** Bounds of scores in the units of the metric, for the screened rows; those of others are left as they are. */
export function fillBounds(
  { lower, upper, screened }: ScreenedRows,
  query: PreparedQuery,
  bounds: ScoreBounds,
): void {
  const scoreOf = scoreOfSimilarity(query);
  // The more similar, the less far.
  const [worse, better] =
    query.metric === 'euclidean' ? [bounds.upper, bounds.lower] : [bounds.lower, bounds.upper];
  for (let row = 0; row < lower.length; row++) {
    if (hasRow(screened, row)) {
      worse[row] = scoreOf(lower[row]);
      better[row] = scoreOf(upper[row]);
    }
  }
}

/** The middles of these bounds, for the screened rows; those of others are left as they are. */
export function fillMiddles(
  { lower, upper, screened }: ScreenedRows,
  query: PreparedQuery,
  target: Float32Array,
): void {
  const scoreOf = scoreOfSimilarity(query);
  for (let row = 0; row < lower.length; row++) {
    if (hasRow(screened, row)) {
      target[row] = (scoreOf(lower[row]) + scoreOf(upper[row])) / 2;
    }
  }
}

/** From the kernel's units to those of the metric. */
function scoreOfSimilarity({ metric, length, squared }: PreparedQuery): (similarity: number) => number {
  switch (metric) {
    case 'cosine':
    case 'centered':
      // Of a row that is nearly the mean row, nothing is known but that.
      return (similarity) => (similarity > 1 ? 1 : similarity < -1 ? -1 : similarity);
    case 'dot':
      return (similarity) => similarity * length;
    case 'euclidean':
      return (similarity) => Math.sqrt(Math.max(0, squared - 2 * similarity * length));
  }
}
