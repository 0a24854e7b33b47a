import * as vscode from 'vscode';
import type { QueryMemento } from '../../protocol/panelMessages';
import { parsePanelMemento } from '../../protocol/parsePanelMemento';
import { tokensOfQuery } from '../query/resolveQuery';
import { InspectorPanel } from './inspectorPanel';
import type { InspectorServices } from './inspectorServices';
import type { PanelChoices } from './panelChoices';

/** One constant for panels and serializer: a restored panel finds its serializer by this name. */
export const INSPECTOR_VIEW_TYPE = 'tokenscope.inspector';

/** Opens inspectors, restores them after a window reload, and knows which one a command means. */
export class InspectorPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  /** The one used last is the last. */
  private readonly open = new Set<InspectorPanel>();
  private readonly queries = new vscode.EventEmitter<void>();
  /** When {@link current} has another query, or another inspector is the current one. */
  readonly onDidChangeQuery = this.queries.event;
  private readonly registration = vscode.window.registerWebviewPanelSerializer(INSPECTOR_VIEW_TYPE, this);

  constructor(private readonly services: InspectorServices) {}

  /**
   * Shows the neighbors of a query in the inspector that is there, else in a new one beside the editor.
   *
   * @param takeFocus Whether the keyboard goes to the list; else it stays where it is.
   */
  show(query: QueryMemento, takeFocus: boolean, choices: Partial<PanelChoices> = {}): void {
    const inspector = this.reveal(takeFocus);
    void this.services.suggestions.note(query.text);
    inspector.inspection.show(query, { view: 'neighbors', ...choices });
    if (takeFocus) {
      inspector.connection.focus('list');
    }
  }

  /** Shows the tokens of a query on the map of all tokens, in the inspector that is there or a new one. */
  showOnMap(query: QueryMemento, takeFocus: boolean): void {
    const inspector = this.reveal(takeFocus);
    void this.services.suggestions.note(query.text);
    inspector.inspection.show(query, { view: 'map' });
    inspector.map.show(() => tokensOfQuery(this.services.tokenizers.current, query));
    if (takeFocus) {
      inspector.connection.focus('vocabularyMap');
    }
  }

  /** Opens the map of all tokens, in the inspector that is there or a new one, and takes the keyboard there. */
  openMap(): void {
    const inspector = this.reveal(true);
    inspector.inspection.chooseView('map');
    inspector.connection.focus('vocabularyMap');
  }

  /** Compares texts, as they would stand in the query line, in the inspector that is there or a new one. */
  compare(texts: readonly string[], mode: 'pair' | 'matrix', takeFocus: boolean): void {
    this.reveal(takeFocus).inspection.compare(texts, mode);
  }

  /** Opens one more inspector, with the query of the one used last. */
  openNew(): void {
    const query = this.current?.inspection.history.current;
    const inspector = this.create(true, vscode.ViewColumn.Beside);
    if (query) {
      inspector.inspection.show(query);
    }
    inspector.connection.focus('query');
  }

  /** Asks again in all inspectors: another model, or another setting. */
  refresh(): void {
    for (const inspector of this.open) {
      inspector.inspection.refresh();
      inspector.map.refresh();
    }
  }

  /** The inspector that a command would use: the one that was active last, else the newest. */
  get current(): InspectorPanel | undefined {
    return [...this.open].at(-1);
  }

  /** Called by VS Code for each inspector of the window before the reload. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.add(new InspectorPanel(panel, this.services, parsePanelMemento(state)));
    return Promise.resolve();
  }

  /** Leaves the panels open: a window that reloads disposes the extension too, and is to restore them. */
  dispose(): void {
    this.registration.dispose();
    this.queries.dispose();
    for (const inspector of this.open) {
      inspector.dispose();
    }
  }

  private reveal(takeFocus: boolean): InspectorPanel {
    const existing = this.current;
    existing?.panel.reveal(undefined, !takeFocus);
    return existing ?? this.create(takeFocus, vscode.ViewColumn.Beside);
  }

  private create(takeFocus: boolean, viewColumn: vscode.ViewColumn): InspectorPanel {
    const panel = vscode.window.createWebviewPanel(
      INSPECTOR_VIEW_TYPE,
      'Tokenscope',
      { viewColumn, preserveFocus: !takeFocus },
      { enableFindWidget: true },
    );
    return this.add(new InspectorPanel(panel, this.services));
  }

  private add(inspector: InspectorPanel): InspectorPanel {
    this.open.add(inspector);
    inspector.onDidChangeQuery(() => {
      if (this.current === inspector) {
        this.queries.fire();
      }
    });
    inspector.onDidAskForAnother((query) => {
      // In the same group, as a browser opens a tab: beside it there would be three columns.
      const another = this.create(true, inspector.panel.viewColumn ?? vscode.ViewColumn.Beside);
      another.inspection.show(query, inspector.inspection.ranking);
      another.connection.focus('list');
    });
    inspector.panel.onDidDispose(() => {
      this.open.delete(inspector);
      this.queries.fire();
    });
    inspector.panel.onDidChangeViewState(({ webviewPanel }) => {
      if (webviewPanel.active && this.open.delete(inspector)) {
        this.open.add(inspector);
        this.queries.fire();
      }
    });
    return inspector;
  }
}
