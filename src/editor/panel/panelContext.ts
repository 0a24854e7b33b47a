import { shownText } from '../../core/foreignText/shownText';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { EmbeddingQuestions } from '../session/embeddingQuestions';
import type { VocabularyFilters } from '../vocabulary/vocabularyFilters';

/** What the parts of one inspector have in common. */
export interface PanelContext {
  readonly embeddings: EmbeddingQuestions;
  /** The tokenizer of the model that was loaded last: another one after another load. */
  readonly tokenizer: () => Tokenizer;
  readonly filters: VocabularyFilters;
  /** A part has something new to show. */
  readonly onChange: () => void;
  /** A failure that is no cancellation, for the log. */
  readonly onFailure: (error: unknown) => void;
}

/** The number of rows of the loaded matrix; undefined where none is loaded, and for a table, whose ids need not be dense. */
export function loadedRowCount({ state }: EmbeddingQuestions): number | undefined {
  return state.state === 'ready' && state.model.table === undefined ? state.model.rowCount : undefined;
}

/** UTF-16 units of what the page says about a failure; all of it is in the log. */
const LONGEST_REASON = 1_000;

/** What went wrong, as the page says it. */
export function messageOf(error: unknown): string {
  return shownText(error instanceof Error ? error.message : String(error), LONGEST_REASON);
}
