import type * as vscode from 'vscode';
import type { QueryMemento } from '../../protocol/panelMessages';

/** The query that bands may be colored by the similarity with: that of the inspector which a command would use. */
export interface PinnedQuery {
  /** undefined where no inspector is open, or none has a query. */
  readonly current: QueryMemento | undefined;
  /** After {@link current} became another. */
  onDidChange(listener: () => void): vscode.Disposable;
}
