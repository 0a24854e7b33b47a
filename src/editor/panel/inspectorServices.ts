import type * as vscode from 'vscode';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { OpenDocuments } from '../documents/openDocuments';
import type { EmbeddingQuestions } from '../session/embeddingQuestions';
import type { Databases } from '../session/databases';
import type { HubServer } from '../session/hubServer';
import type { ModelChoice } from '../session/modelChoice';
import type { ModelTokenizer } from '../session/modelTokenizer';
import type { Settings } from '../settings';
import type { QueryCompletions } from '../vocabulary/queryCompletions';
import type { VocabularyFilters } from '../vocabulary/vocabularyFilters';
import type { QuerySuggestions } from './querySuggestions';
import type { ExportDialogs } from './exports/exportDialogs';
import type { ModelMap } from './map/modelMap';

/** What all inspectors use of the rest. */
export interface InspectorServices {
  readonly session: EmbeddingQuestions & Pick<EmbeddingSession, 'onDidChangeState' | 'cancel' | 'reset'>;
  /** What the page may have decided about the model. */
  readonly choice: Pick<ModelChoice, 'agreeToOffer' | 'tryAgain'>;
  /** What a table is verified by. */
  readonly databases: Databases;
  readonly settings: Settings;
  readonly server: HubServer;
  readonly tokenizers: ModelTokenizer;
  readonly filters: VocabularyFilters;
  readonly completions: QueryCompletions;
  readonly suggestions: QuerySuggestions;
  readonly dialogs: ExportDialogs;
  readonly documents: OpenDocuments;
  readonly map: ModelMap;
  readonly extensionUri: vscode.Uri;
  /** Of Tokenscope. */
  readonly version: string;
  readonly log: vscode.LogOutputChannel;
  /** Somebody uses the embeddings: what runs by itself can wait. */
  readonly onActivity: () => void;
}
