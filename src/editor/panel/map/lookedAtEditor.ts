import * as vscode from 'vscode';
import { lengthOf } from '../../documents/documentLength';
import { documentTitle } from '../../documents/documentTitle';
import type { OpenDocuments } from '../../documents/openDocuments';
import type { CountedDocument, LookedAtDocument } from './documentOnMap';

/** The document of the active text editor; while there is none, as when the keyboard is in an inspector, that of before as long as it is shown. */
export class LookedAtEditor implements LookedAtDocument {
  private document: vscode.TextDocument | undefined;

  constructor(private readonly documents: OpenDocuments) {
    this.document = this.find();
  }

  acquire(): CountedDocument | undefined {
    const { document } = this;
    const tokens = document && this.documents.acquire(document);
    return (
      tokens && {
        name: documentTitle(tokens.document),
        length: () => lengthOf(tokens.document),
        get state() {
          return tokens.state;
        },
        tokensIn: (start, end) => tokens.tokensIn(start, end),
        onDidChange: tokens.onDidChange,
        dispose: () => tokens.dispose(),
      }
    );
  }

  onDidChange(listener: () => void): vscode.Disposable {
    const look = (): void => {
      const document = this.find();
      if (document !== this.document) {
        this.document = document;
        listener();
      }
    };
    return vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(look),
      vscode.window.onDidChangeVisibleTextEditors(look),
    );
  }

  private find(): vscode.TextDocument | undefined {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const isStillShown = visibleTextEditors.some(({ document }) => document === this.document);
    return activeTextEditor?.document ?? (isStillShown ? this.document : visibleTextEditors[0]?.document);
  }
}
