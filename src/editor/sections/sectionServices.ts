import type * as vscode from 'vscode';
import type { OpenDocuments } from '../documents/openDocuments';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import type { Settings } from '../settings';

/** What the view of sections uses of the rest. */
export interface SectionServices {
  readonly documents: OpenDocuments;
  readonly tokenizers: CurrentTokenizer;
  readonly settings: Settings;
  /** Keeps the order from one window to the next. */
  readonly memory: vscode.Memento;
}
