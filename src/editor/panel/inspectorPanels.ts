import * as vscode from 'vscode';
import type { QueryMemento } from '../../protocol/panelMessages';
import { parsePanelMemento } from '../../protocol/parsePanelMemento';
import { InspectorPanel, type InspectorServices } from './inspectorPanel';

/** One constant for panels and serializer: a restored panel finds its serializer by this name. */
export const INSPECTOR_VIEW_TYPE = 'tokenscope.inspector';

/** Opens inspectors, restores them after a window reload, and knows which one a command means. */
export class InspectorPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Set<InspectorPanel>();
  private readonly registration = vscode.window.registerWebviewPanelSerializer(INSPECTOR_VIEW_TYPE, this);

  constructor(private readonly services: InspectorServices) {}

  /**
   * Shows a query in the inspector that is there, else in a new one beside the editor.
   *
   * @param takeFocus Whether the keyboard goes to the list; else it stays where it is.
   */
  show(query: QueryMemento, takeFocus: boolean): void {
    const existing = this.current;
    if (existing) {
      existing.panel.reveal(undefined, !takeFocus);
    }
    const inspector = existing ?? this.add(new InspectorPanel(this.createPanel(takeFocus), this.services));
    inspector.show(query);
    if (takeFocus) {
      inspector.focus('list');
    }
  }

  /** Searches again in all inspectors: another model, or another setting. */
  refresh(): void {
    for (const inspector of this.open) {
      inspector.run();
    }
  }

  /** The inspector that a command would use: the newest. */
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
    for (const inspector of this.open) {
      inspector.dispose();
    }
  }

  private createPanel(takeFocus: boolean): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(
      INSPECTOR_VIEW_TYPE,
      'Tokenscope',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: !takeFocus },
      { enableFindWidget: true },
    );
  }

  private add(inspector: InspectorPanel): InspectorPanel {
    this.open.add(inspector);
    inspector.panel.onDidDispose(() => this.open.delete(inspector));
    return inspector;
  }
}
