import { correlationsBetween, scoresBetween } from '../../core/embedding/analysis/compareVectors';
import type { SortedValues } from '../../core/embedding/analysis/sortedValues';
import { squaredLength } from '../../core/embedding/canonicalSums';
import type { Combination } from '../../core/embedding/metric';
import { queryVector } from '../../core/embedding/queryVector';
import type { EmbeddingSearch } from '../../core/embedding/search/embeddingSearch';
import { MAX_COMPARED, type Comparison, type QueryVector } from '../embeddingEngine';

/** What a comparison says of the queries themselves. */
export type ComparedVectors = Omit<Comparison, 'averageCosine' | 'averageCentered' | 'milliseconds'>;

/**
 * Sets vectors side by side.
 *
 * @param norms Lengths of the ranked rows.
 * @throws {RangeError} As {@link queryVector}, and for no queries or too many.
 */
export function compareQueries(
  search: EmbeddingSearch,
  queries: readonly QueryVector[],
  norms: SortedValues,
): ComparedVectors {
  if (queries.length === 0 || queries.length > MAX_COMPARED) {
    throw new RangeError(`1 to ${MAX_COMPARED} vectors can be compared, not ${queries.length}.`);
  }
  const { dimension, meanRow } = search;
  const combined = (combination: Combination): Float64Array[] =>
    queries.map(({ terms }) => queryVector(search, terms, combination));
  const vectors = combined('unit');
  const lengths = Float64Array.from(vectors, (vector) => Math.sqrt(squaredLength(vector, 0, dimension)));
  const shown = new Float32Array(vectors.length * dimension);
  vectors.forEach((vector, index) => {
    shown.set(vector, index * dimension);
  });
  return {
    vectors: shown,
    dimension,
    norms: lengths,
    normPercentiles: lengths.map((length) => norms.shareBelow(length)),
    scores: {
      cosine: scoresBetween(vectors, 'cosine', meanRow),
      // As neighbors are searched: the mean row can only be taken from rows in the checkpoint's own scale.
      centered: scoresBetween(combined('raw'), 'centered', meanRow),
      dot: scoresBetween(vectors, 'dot', meanRow),
      euclidean: scoresBetween(vectors, 'euclidean', meanRow),
    },
    pearson: correlationsBetween(vectors),
  };
}
