import type { EmbeddingState } from '../../engine/session/embeddingState';
import type { AskSession } from '../../engine/session/sessionQuestion';
import type { ModelIdentity } from '../../model/modelLocation';

/** What the parts of an inspector ask the session: it loads the model where that is needed, but for `state`. */
export interface EmbeddingQuestions {
  readonly state: EmbeddingState;
  ensureReady(signal?: AbortSignal): Promise<ModelIdentity>;
  readonly ask: AskSession;
}
