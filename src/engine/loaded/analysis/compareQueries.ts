import { correlationsBetween, scoresBetween } from '../../../core/embedding/analysis/compareVectors';
import { squaredLength } from '../../../core/embedding/canonicalSums';
import type { Metric } from '../../../core/embedding/metric';
import { MAX_COMPARED, type Comparison } from '../../questions/comparison';
import type { QueryVector } from '../../questions/queryVector';
import { requestedVector } from '../requestedVector';
import type { ModelAnalysis } from './modelAnalysis';

/** What a comparison says of the queries themselves. */
type ComparedVectors = Omit<Comparison, 'averageCosine' | 'averageCentered' | 'milliseconds'>;

/**
 * Sets vectors side by side.
 *
 * @throws {RangeError} As {@link requestedVector}, but for rows that are not ranked; and for no queries or too many.
 * @throws The signal's reason when it is aborted.
 */
export async function compareQueries(
  analysis: ModelAnalysis,
  queries: readonly QueryVector[],
  signal: AbortSignal,
): Promise<Comparison> {
  const start = performance.now();
  const compared = compareVectors(analysis, queries);
  const { averageCosine, averageCentered } = await analysis.averageCosines();
  signal.throwIfAborted();
  return { ...compared, averageCosine, averageCentered, milliseconds: performance.now() - start };
}

function compareVectors({ search, norms }: ModelAnalysis, queries: readonly QueryVector[]): ComparedVectors {
  if (queries.length === 0 || queries.length > MAX_COMPARED) {
    throw new RangeError(`1 to ${MAX_COMPARED} vectors can be compared, not ${queries.length}.`);
  }
  const { dimension, meanRow } = search;
  const isUnranked = ({ id }: { readonly id: number }): boolean => Number.isNaN(search.norms[id]);
  const compared = [...queries.entries()].filter(([, { terms }]) => !terms.some(isUnranked));
  const places = compared.map(([index]) => index);
  const vectorsUnder = (metric: Metric): Float64Array[] =>
    compared.map(([, query]) => requestedVector(search, query, metric));
  const scoresUnder = (metric: Metric): Float64Array =>
    amongAll(scoresBetween(vectorsUnder(metric), metric, meanRow), places, queries.length);
  const vectors = vectorsUnder('cosine');
  const drawn = new Float32Array(queries.length * dimension).fill(NaN);
  const lengths = new Float64Array(queries.length).fill(NaN);
  places.forEach((index, at) => {
    const vector = vectors[at];
    if (vector !== undefined) {
      drawn.set(vector, index * dimension);
      lengths[index] = Math.sqrt(squaredLength(vector, 0, dimension));
    }
  });
  return {
    unrankedIds: rising(queries.flatMap(({ terms }) => terms.filter(isUnranked).map(({ id }) => id))),
    vectors: drawn,
    dimension,
    norms: lengths,
    normPercentiles: lengths.map((length) => (Number.isNaN(length) ? NaN : norms.sorted.shareBelow(length))),
    scores: {
      cosine: scoresUnder('cosine'),
      centered: scoresUnder('centered'),
      dot: scoresUnder('dot'),
      euclidean: scoresUnder('euclidean'),
    },
    pearson: amongAll(correlationsBetween(vectors), places, queries.length),
  };
}

/**
 * Values of pairs among pairs of more: NaN in the rows and columns between.
 *
 * @param values By row, then column, n × n.
 * @param places The n numbers of these rows and columns among all, rising.
 * @param size How many rows and columns there are.
 */
function amongAll(values: Float64Array, places: readonly number[], size: number): Float64Array {
  const all = new Float64Array(size * size).fill(NaN);
  places.forEach((row, i) => {
    places.forEach((column, j) => {
      all[row * size + column] = values[i * places.length + j] ?? NaN;
    });
  });
  return all;
}

/** The ids in their order, each once. */
function rising(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}
