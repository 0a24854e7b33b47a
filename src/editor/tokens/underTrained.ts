import type { ScoreDistribution } from '../../engine/questions/scoreDistribution';
import type { TokenMeasures } from '../../engine/questions/tokenMeasures';

/** Rows beyond it are like their neighbors by chance of where a line is drawn; known under-trained tokens are about 100 of 50,257. */
const LARGEST_SHARE = 0.006;

/** Robust deviations below the median: 6 · MAD is four standard deviations of a normal distribution, which 3 of 100,000 rows pass. */
const DEVIATIONS = 6;

/**
 * Says so where a row lies so near the mean of all rows that training can hardly have moved it. By the distance that was measured, never
 * by a list: the row is among the nearest 0.6 %, and clearly apart from the others: below median − 6 · MAD of the distances. (MAD is the
 * median of the distances' deviations from their median.) Both are read from a histogram, so they are known to half a bin, and half
 * a bin is added to the distance asked for.
 *
 * Rows start around the mean and are moved when their token is met, so that in GPT-2 small tokens that hardly ever occur in training
 * stay there. In other models they may not, which is why the sentence says what was measured, and what that often means.
 *
 * @returns undefined where it is not so.
 */
export function underTrainedSentence(measures: TokenMeasures): string | undefined {
  const { centroidDistance, centroidPercentile, centroidDistances } = measures;
  const { median } = robustSpread(centroidDistances);
  if (centroidPercentile >= LARGEST_SHARE || !(centroidDistance < underTrainedThreshold(centroidDistances))) {
    return undefined;
  }
  const share = (Math.floor(1000 * (1 - centroidPercentile)) / 10).toFixed(1);
  return (
    `This row is ${centroidDistance.toFixed(2)} from the mean of all rows, where ${median.toFixed(2)} is usual; ` +
    `${share} % of all tokens lie farther away. Rows so near are often of tokens that training hardly met, and their neighbors say little.`
  );
}

/** Every row of which {@link underTrainedSentence} says something is nearer to the mean than this; below 0 where none can be. */
export function underTrainedThreshold(centroidDistances: ScoreDistribution): number {
  const { median, deviation, binWidth } = robustSpread(centroidDistances);
  // No spread: one row that lies far off has all the others in one bin, and nothing can be told apart.
  return deviation === 0 ? -1 : median - DEVIATIONS * deviation - binWidth / 2;
}

/** Median and median absolute deviation of what a histogram counts. */
export function robustSpread({ from, to, counts }: ScoreDistribution): {
  readonly median: number;
  readonly deviation: number;
  readonly binWidth: number;
} {
  const binWidth = counts.length > 0 ? (to - from) / counts.length : 0;
  const bins = Array.from(counts, (count, bin) => ({ count, value: from + (bin + 0.5) * binWidth }));
  const median = weightedMedian(bins);
  const deviation = weightedMedian(
    bins
      .map(({ count, value }) => ({ count, value: Math.abs(value - median) }))
      .sort((a, b) => a.value - b.value),
  );
  return { median, deviation, binWidth };
}

/** @param values By rising value. */
function weightedMedian(values: readonly { readonly count: number; readonly value: number }[]): number {
  const total = values.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { count, value } of values) {
    seen += count;
    if (2 * seen >= total && count > 0) {
      return value;
    }
  }
  return 0;
}
