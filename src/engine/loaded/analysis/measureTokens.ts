import { MAX_MEASURED, type TokenValues, type TokenValuesRequest } from '../../questions/tokenValues';
import type { Measured, ModelAnalysis } from './modelAnalysis';
import { valuesOf } from './similarityValues';

/**
 * One measure of some tokens.
 *
 * @throws {RangeError} for too many tokens; of a similarity also as {@link SimilarityValues.measure}.
 * @throws The signal's reason when it is aborted.
 */
export async function measureTokens(
  analysis: ModelAnalysis,
  { measure, ids }: TokenValuesRequest,
  signal: AbortSignal,
): Promise<TokenValues> {
  if (ids.length > MAX_MEASURED) {
    throw new RangeError(`${ids.length} tokens were to be measured at once, at most ${MAX_MEASURED} can be.`);
  }
  if (
    measure.kind === 'centroidDistance' ||
    (measure.kind === 'similarity' && measure.metric === 'centered')
  ) {
    await analysis.measureCentered(signal);
  }
  switch (measure.kind) {
    case 'norm':
      return valuesAmong(analysis.norms, ids);
    case 'centroidDistance':
      return valuesAmong(analysis.centroidDistances, ids);
    case 'similarity':
      return analysis.similarities.measure(measure.query, measure.metric, ids, signal);
  }
}

function valuesAmong({ ofRows, sorted }: Measured, ids: readonly number[]): TokenValues {
  return { values: valuesOf(ofRows, ids), percentiles: sorted.percentiles() };
}
