import type { NeighborRequest } from '../../engine/questions/neighborAnswer';
import type { Verification } from '../../engine/questions/verification';
import type { Metric } from '../../protocol/metric';
import type { VerificationView } from '../../protocol/panelSnapshot';
import type { EmbeddingQuestions } from '../session/embeddingQuestions';
import { withProgressNotice } from '../workbench/progressNotice';

/**
 * Runs the plain loop beside the fast path, with a notification that can be canceled.
 *
 * @param ask What is searched; undefined where there is nothing to search.
 * @returns undefined when the user canceled.
 * @throws {Error} where there is nothing to search, and whatever the engine fails with.
 */
export async function verifyWithProgress(
  embeddings: EmbeddingQuestions,
  metric: Metric,
  ask: (signal: AbortSignal) => Promise<NeighborRequest | undefined>,
): Promise<VerificationView | undefined> {
  return withProgressNotice('Comparing the plain loop with the fast path', async (signal) => {
    try {
      const request = await ask(signal);
      if (!request) {
        throw new Error('There is no query whose similarities could be verified.');
      }
      return verificationView(metric, await embeddings.ask('verify', request, signal));
    } catch (error) {
      if (signal.aborted) {
        return undefined;
      }
      throw error;
    }
  });
}

function verificationView(metric: Metric, verification: Verification): VerificationView {
  const { rowCount, loopMilliseconds, fastMilliseconds, largestDifference, correlation, sameOrder } =
    verification;
  return {
    metric,
    rows: rowCount,
    loopMilliseconds,
    fastMilliseconds,
    largestDifference,
    correlation,
    sameOrder,
  };
}
