import { EngineUnavailableError } from '../engineErrors';
import type { EmbeddingEngine } from '../questions/embeddingEngine';
import type { GraphProgress } from '../questions/graphProgress';
import type { ModelPresence } from './modelPresence';

/**
 * Builds the neighbor graph of the model, which is loaded first where needed. The engine is not idle meanwhile.
 *
 * @throws As `EmbeddingSession.buildGraph`.
 */
export async function buildModelGraph(
  engine: EmbeddingEngine,
  presence: ModelPresence,
  signal: AbortSignal,
  onProgress: (progress: GraphProgress) => void,
): Promise<void> {
  const endUse = presence.use();
  try {
    await presence.ensureAwake(signal);
    const before = presence.state;
    try {
      await engine.ask('buildGraph', undefined, signal, onProgress);
    } catch (error) {
      if (EngineUnavailableError.is(error)) {
        presence.forget(before, { state: 'none' }, error);
      }
      throw error;
    }
  } finally {
    endUse();
  }
}
