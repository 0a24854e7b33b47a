import * as vscode from 'vscode';
import { HardlyTrainedRows } from './hardlyTrainedRows';
import { isMarkable } from './markableDocument';
import { MarkedDocument, type MarkingServices } from './markedDocument';
import { SurpriseActions } from './surpriseActions';
import { surpriseDiagnostic } from './surpriseDiagnostic';
import type { SurpriseServices } from './surpriseServices';

/** The marks of all documents that an editor shows, cells of notebooks included. Marks as long as it is not disposed. */
export class SurpriseMarks implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('tokenscope');
  private readonly marked = new Map<vscode.TextDocument, MarkedDocument>();
  private readonly services: MarkingServices;
  private readonly subscriptions: readonly { dispose(): void }[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ documents, tokenizers, settings, session }: SurpriseServices) {
    const hardlyTrained = new HardlyTrainedRows(session, () => {
      if (settings.surprises.has('hardlyTrained')) {
        this.restart();
      }
    });
    this.services = { documents, tokenizers, settings, hardlyTrained };
    const follow = (): void => {
      this.followSoon();
    };
    this.subscriptions = [
      this.collection,
      hardlyTrained,
      new SurpriseActions(settings, (document) => this.marked.get(document)),
      vscode.window.onDidChangeVisibleTextEditors(follow),
      vscode.window.onDidChangeTextEditorOptions(({ textEditor }) => {
        this.marked.get(textEditor.document)?.restart();
      }),
      // A document whose language changes is closed and opened again.
      vscode.workspace.onDidOpenTextDocument(follow),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.unmark(document);
      }),
    ];
    this.followSoon();
  }

  /** Looks at all documents again: what is marked has changed. */
  restart(): void {
    for (const marked of this.marked.values()) {
      marked.restart();
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const document of [...this.marked.keys()]) {
      this.unmark(document);
    }
    this.subscriptions.forEach((subscription) => {
      subscription.dispose();
    });
  }

  /** Editors come and go in rows, and nothing is to be done while the extension is activated. */
  private followSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.follow();
    }, 0);
  }

  private follow(): void {
    const visible = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    for (const document of [...this.marked.keys()].filter((marked) => !visible.has(marked))) {
      this.unmark(document);
    }
    for (const document of visible) {
      if (!this.marked.has(document) && !document.isClosed && isMarkable(document)) {
        this.marked.set(document, this.mark(document));
      }
    }
  }

  private mark(document: vscode.TextDocument): MarkedDocument {
    return new MarkedDocument(document, this.services, (surprises) => {
      this.collection.set(
        document.uri,
        surprises.map((surprise) => surpriseDiagnostic(document, surprise)),
      );
    });
  }

  private unmark(document: vscode.TextDocument): void {
    this.marked.get(document)?.dispose();
    this.marked.delete(document);
    this.collection.delete(document.uri);
  }
}
