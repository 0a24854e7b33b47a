import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { OpenDocuments } from '../documents/openDocuments';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import type { Settings } from '../settings';
import type { PinnedQuery } from './pinnedQuery';
import type { RememberedBands } from './rememberedBands';

/** What bands and their commands use of the rest. */
export interface BandServices {
  readonly documents: OpenDocuments;
  readonly tokenizers: CurrentTokenizer;
  readonly session: EmbeddingSession;
  readonly settings: Settings;
  readonly pinned: PinnedQuery;
  readonly remembered: RememberedBands;
}
