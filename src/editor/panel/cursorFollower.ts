import * as vscode from 'vscode';
import { wordAt, type WordInDocument } from '../tokens/wordAt';

/** Milliseconds for which the cursor has to rest: nobody reads what changes with every key. */
const REST_MILLISECONDS = 150;

/** Tells the word under the cursor of the active text editor whenever the cursor has come to rest. */
export class CursorFollower implements vscode.Disposable {
  private readonly listeners: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param isWanted Asked when the cursor has come to rest.
   * @param onWord Not called where the cursor is on no word.
   */
  constructor(
    private readonly isWanted: () => boolean,
    private readonly onWord: (word: WordInDocument) => void,
  ) {
    this.listeners = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) {
          this.wait();
        }
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.wait()),
    );
  }

  /** Looks where the cursor is now. */
  look(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor && this.isWanted()) {
      const word = wordAt(editor.document, editor.selection.active, editor.selections);
      if (word) {
        this.onWord(word);
      }
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listeners.dispose();
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), REST_MILLISECONDS);
  }
}
