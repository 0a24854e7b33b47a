import type { EmbeddingEngine } from '../../engine/questions/embeddingEngine';
import type { EmbeddingState } from '../../engine/session/embeddingState';
import type { ModelIdentity } from '../../model/modelLocation';

/** What the parts of an inspector ask the session: it loads the model where that is needed, but for `state`. */
export interface EmbeddingQuestions extends Pick<
  EmbeddingEngine,
  'neighbors' | 'ranks' | 'compare' | 'measureToken' | 'verify' | 'embeddingsTsv'
> {
  readonly state: EmbeddingState;
  ensureReady(signal?: AbortSignal): Promise<ModelIdentity>;
}
