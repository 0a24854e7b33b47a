import type { Comparison } from '../../../engine/questions/comparison';
import type { DimensionView, PairView } from '../../../protocol/compareView';

/** Dimensions that are listed. */
const LISTED_DIMENSIONS = 8;

/**
 * Two of the vectors of a comparison side by side.
 *
 * @param first Number of the vector a, counted from 0.
 * @param second Number of the vector b.
 */
export function pairView(
  comparison: Comparison,
  first: number,
  second: number,
): Omit<PairView, 'rankOfB' | 'variants'> {
  const { dimension, vectors, norms, normPercentiles, scores, pearson } = comparison;
  const vector = (index: number): number[] =>
    Array.from(vectors.subarray(index * dimension, (index + 1) * dimension));
  const a = vector(first);
  const b = vector(second);
  const cell = first * norms.length + second;
  const at = (values: Float64Array, index: number): number => values[index] ?? 0;
  return {
    a,
    b,
    cosine: at(scores.cosine, cell),
    centered: at(scores.centered, cell),
    dot: at(scores.dot, cell),
    euclidean: at(scores.euclidean, cell),
    pearson: at(pearson, cell),
    norms: [at(norms, first), at(norms, second)],
    normPercentiles: [at(normPercentiles, first), at(normPercentiles, second)],
    averageCosine: comparison.averageCosine,
    averageCentered: comparison.averageCentered,
    dimensions: decidingDimensions(a, b),
  };
}

/**
 * The dimensions whose products are largest in magnitude, of equal ones the lower first. Their shares, a · b / (‖a‖‖b‖), add up to
 * the cosine over all dimensions.
 */
export function decidingDimensions(a: readonly number[], b: readonly number[]): DimensionView[] {
  const lengths = Math.sqrt(squared(a) * squared(b));
  return a
    .map((value, dimension): DimensionView => {
      const other = b[dimension] ?? 0;
      return { dimension, a: value, b: other, share: lengths > 0 ? (value * other) / lengths : 0 };
    })
    .sort((one, two) => Math.abs(two.share) - Math.abs(one.share) || one.dimension - two.dimension)
    .slice(0, LISTED_DIMENSIONS);
}

function squared(vector: readonly number[]): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}
