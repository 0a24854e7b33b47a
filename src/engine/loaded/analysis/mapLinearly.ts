import { linearMap, type LinearMap } from '../../../core/embedding/linearMap';
import { inTurns } from '../inTurns';
import type { ModelAnalysis } from './modelAnalysis';

/**
 * All rows on the two axes along which they spread most.
 *
 * @throws The signal's reason when it is aborted.
 */
export function mapLinearly(
  { search: { rows } }: ModelAnalysis,
  _: undefined,
  signal: AbortSignal,
): Promise<LinearMap> {
  return inTurns(linearMap(rows), signal);
}
