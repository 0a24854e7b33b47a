import type { Metric } from '../../src/protocol/metric';
import { formatSimilarity, LONG_NUMBER } from './numbers';

interface MetricWords {
  /** In the middle of a sentence. */
  readonly inText: string;
  /** Head of a column and label of a value. */
  readonly short: string;
  /** All values of the metric, as in `All 50,257 similarities`. */
  readonly values: string;
}

export const METRIC_WORDS: Readonly<Record<Metric, MetricWords>> = {
  cosine: { inText: 'cosine', short: 'cosine', values: 'similarities' },
  centered: {
    inText: 'centered cosine',
    short: 'centered',
    values: 'centered similarities',
  },
  dot: { inText: 'dot product', short: 'dot', values: 'dot products' },
  euclidean: {
    inText: 'Euclidean distance',
    short: 'distance',
    values: 'distances',
  },
};

/** True where the smallest value is the best. */
export function isDistance(metric: Metric): boolean {
  return metric === 'euclidean';
}

/** From here on a score has so many digits before the point that decimals would only fill its column. */
const WIDE_SCORE = 1_000;

/** A score of any metric: three decimals, as far as its column has room. */
export function formatScore(score: number): string {
  return Math.abs(score) < WIDE_SCORE || Math.abs(score) >= LONG_NUMBER
    ? formatSimilarity(score)
    : formatSimilarity(Math.round(score)).replace(/\.000$/, '');
}
