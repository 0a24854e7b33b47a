/**
 * How alike a query vector q and a row x are. With μ the mean of all rows that hold neither NaN nor infinity:
 *
 * - `cosine`: q·x / (‖q‖‖x‖), −1 … 1
 * - `centered`: the cosine of q − μ and x − μ: what is left when the direction that all tokens share is taken away, −1 … 1
 * - `dot`: q·x
 * - `euclidean`: the distance ‖q − x‖, ≥ 0; the nearest row has the smallest
 *
 * Where a length is zero the cosines are 0.
 */
export type Metric = 'cosine' | 'centered' | 'dot' | 'euclidean';

export const METRICS: readonly Metric[] = ['cosine', 'centered', 'dot', 'euclidean'];

export function isMetric(value: unknown): value is Metric {
  return METRICS.some((metric) => metric === value);
}

/** True where the best score is the smallest. */
export function isDistance(metric: Metric): boolean {
  return metric === 'euclidean';
}

/**
 * How the rows of a query of several terms are added up under a metric: at `unit` length, so that a piece with a long vector
 * does not drown the others where only directions count, or `raw`, as the checkpoint holds them, where lengths count.
 */
export type Combination = 'unit' | 'raw';

export function combinationFor(metric: Metric): Combination {
  return metric === 'cosine' ? 'unit' : 'raw';
}
