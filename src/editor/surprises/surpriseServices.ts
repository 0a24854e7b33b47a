import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { OpenDocuments } from '../documents/openDocuments';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import type { Settings } from '../settings';

/** What the marks use of the rest. */
export interface SurpriseServices {
  readonly documents: OpenDocuments;
  readonly tokenizers: CurrentTokenizer;
  readonly session: EmbeddingSession;
  readonly settings: Settings;
}
