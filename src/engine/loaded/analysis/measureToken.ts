import { checkRow } from '../../../core/embedding/queryVector';
import type { TokenMeasures } from '../../questions/tokenMeasures';
import type { ModelAnalysis } from './modelAnalysis';

/**
 * The length of a token's row, its distance from the mean row, and how those of all are distributed.
 *
 * @throws {RangeError} for a token that is not ranked.
 * @throws The signal's reason when it is aborted.
 */
export async function measureToken(
  analysis: ModelAnalysis,
  id: number,
  signal: AbortSignal,
): Promise<TokenMeasures> {
  checkRow(analysis.search.norms, id);
  await analysis.measureCentered(signal);
  const { norms, centroidDistances } = analysis;
  const norm = norms.ofRows[id] ?? NaN;
  const centroidDistance = centroidDistances.ofRows[id] ?? NaN;
  return {
    norm,
    normPercentile: norms.sorted.shareBelow(norm),
    norms: norms.distribution,
    centroidDistance,
    centroidPercentile: centroidDistances.sorted.shareBelow(centroidDistance),
    centroidDistances: centroidDistances.distribution,
  };
}
