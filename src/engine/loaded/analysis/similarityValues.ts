import { outermostRows } from '../../../core/embedding/analysis/outermostRows';
import { SortedValues } from '../../../core/embedding/analysis/sortedValues';
import type { Metric } from '../../../core/embedding/metric';
import { addRow, emptyRowSet, rowsOf } from '../../../core/embedding/search/allowedRows';
import type { EmbeddingSearch } from '../../../core/embedding/search/embeddingSearch';
import type { QueryVector } from '../../questions/queryVector';
import type { TokenValues } from '../../questions/tokenValues';
import { nextTask } from '../../nextTask';
import { requestedVector } from '../requestedVector';
import { scoreInWindows } from './scoreInWindows';

/** Percentiles of the scores of all ranked rows, and what they are of. */
interface KnownPercentiles {
  readonly measure: string;
  readonly percentiles: Float64Array;
}

/** Scores of some rows for a query, and how those of all are distributed. */
export class SimilarityValues {
  /** The last ones: who scrolls through a text asks about other tokens by the same measure. */
  private known: KnownPercentiles | undefined;

  /** @param search Knows the distances from the mean row where it is asked about `centered`. */
  constructor(private readonly search: EmbeddingSearch) {}

  /**
   * @returns Arrays of the caller's own.
   * @throws {RangeError} As {@link requestedVector}.
   * @throws The signal's reason when it is aborted.
   */
  async measure(
    query: QueryVector,
    metric: Metric,
    ids: readonly number[],
    signal: AbortSignal,
  ): Promise<TokenValues> {
    const { search } = this;
    const vector = requestedVector(search, query, metric);
    const measure = JSON.stringify([metric, query.terms, query.centerEachTerm === true]);
    if (this.known?.measure !== measure) {
      await nextTask();
      signal.throwIfAborted();
      this.known = { measure, percentiles: await scorePercentiles(search, vector, metric, signal) };
    }
    const { percentiles } = this.known;
    const scores = new Float64Array(search.rowCount).fill(NaN);
    await scoreInWindows(search, vector, metric, rankedRows(search.norms, ids), scores, signal);
    return { values: valuesOf(scores, ids), percentiles: percentiles.slice() };
  }
}

/** The values of some rows, in the order of the ids; NaN for rows that do not exist. */
export function valuesOf(ofRows: Float64Array, ids: readonly number[]): Float64Array {
  // Whatever is no row number is no index of the array.
  return Float64Array.from(ids, (id) => ofRows[id] ?? NaN);
}

/** The rows of some ids that are ranked, rising, each once. */
function rankedRows(norms: Float64Array, ids: readonly number[]): Uint32Array {
  const rows = emptyRowSet(norms.length);
  for (const id of ids) {
    if (!Number.isNaN(norms[id] ?? NaN)) {
      addRow(rows, id);
    }
  }
  return rowsOf(rows);
}

/**
 * As {@link TokenValues.percentiles}: of the middles of bounds. Where each middle is within some distance of the exact score, so is each
 * order statistic. The rows that may be the least or the greatest are scored exactly; all other middles lie between these two.
 */
async function scorePercentiles(
  search: EmbeddingSearch,
  vector: Float64Array,
  metric: Metric,
  signal: AbortSignal,
): Promise<Float64Array> {
  const { lower, upper } = search.bounds(vector, metric);
  // Rounded once: a middle is never below its lower bound or above its upper one.
  const scores = lower.map((low, row) => (low + (upper[row] ?? NaN)) / 2);
  const outermost = outermostRows({ lower, upper }, search.norms);
  await scoreInWindows(search, vector, metric, outermost, scores, signal);
  return new SortedValues(scores).percentiles();
}
