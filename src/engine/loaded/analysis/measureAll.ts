import { clippedHistogramOf } from '../../../core/embedding/analysis/histogram';
import type { TokenMeasure } from '../../questions/tokenValues';
import type { ValuesOfAll } from '../../questions/valuesOfAll';
import { nextTask } from '../../nextTask';
import { requestedVector } from '../requestedVector';
import type { ModelAnalysis } from './modelAnalysis';

/** As many as a search's histogram has. */
const DISTRIBUTION_BINS = 100;

/**
 * One measure of all tokens.
 *
 * @throws {RangeError} of a similarity, as {@link requestedVector}.
 * @throws The signal's reason when it is aborted.
 */
export async function measureAll(
  analysis: ModelAnalysis,
  measure: TokenMeasure,
  signal: AbortSignal,
): Promise<ValuesOfAll> {
  // Who types asks often: what was withdrawn by now is not worked out.
  await nextTask();
  signal.throwIfAborted();
  const values = await valuesOf(analysis, measure, signal);
  return { values, distribution: clippedHistogramOf(values, DISTRIBUTION_BINS) };
}

async function valuesOf(
  analysis: ModelAnalysis,
  measure: TokenMeasure,
  signal: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  switch (measure.kind) {
    case 'norm':
      return Float32Array.from(analysis.norms.ofRows);
    case 'centroidDistance':
      await analysis.measureCentered(signal);
      return Float32Array.from(analysis.centroidDistances.ofRows);
    case 'similarity': {
      const { search } = analysis;
      const { query, metric } = measure;
      const vector = requestedVector(search, query, metric);
      if (metric === 'centered') {
        await analysis.measureCentered(signal);
      }
      const scores = new Float32Array(search.rowCount);
      search.approximateScores(vector, metric, scores);
      return scores;
    }
  }
}
