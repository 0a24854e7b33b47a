import * as vscode from 'vscode';

/** Milliseconds after which an editor has arrived, once it tells that it moves; and those after which it will not move any more. */
const SETTLING_MS = 80;
const ANSWERING_MS = 1_000;

/** How often it is told again. */
const MOST_CORRECTIONS = 3;

/** Lines that VS Code leaves free above a revealed line: as many as sticky scroll may take, whether it shows any or not. */
const MOST_STICKY_LINES = 20;

/** An editor that is being brought to a line. */
interface Following {
  readonly wanted: number;
  /** The line that was revealed to get there. */
  readonly revealed: number;
  readonly corrections: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Keeps the editors of two documents with the same lines at the same line. Editors of the copy that are new go to where the source is. */
export class ScrollSync implements vscode.Disposable {
  /** Editors of the copy that have been brought there once. */
  private readonly introduced = new WeakSet<vscode.TextEditor>();
  /** What such editors tell is our own doing, and scrolls no others. */
  private readonly following = new Map<vscode.TextEditor, Following>();
  /** How far below the top a revealed line comes to stand, as was seen. */
  private stickyLines = 0;
  private readonly listener: vscode.Disposable;

  constructor(
    private readonly source: vscode.TextDocument,
    private readonly copy: vscode.TextDocument,
  ) {
    this.listener = vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) =>
      this.moved(textEditor),
    );
  }

  /** Scrolls the editors of the other document to the top line of this one. */
  scrollOthers(leader: vscode.TextEditor): void {
    const wanted = topLine(leader);
    for (const editor of vscode.window.visibleTextEditors) {
      const isOther = this.isOurs(editor) && editor.document !== leader.document;
      if (isOther && wanted !== undefined && (this.following.has(editor) || topLine(editor) !== wanted)) {
        this.introduced.add(editor);
        this.bring(editor, wanted, 0);
      }
    }
  }

  dispose(): void {
    this.listener.dispose();
    for (const { timer } of this.following.values()) {
      clearTimeout(timer);
    }
    this.following.clear();
  }

  private moved(editor: vscode.TextEditor): void {
    const state = this.following.get(editor);
    if (state) {
      clearTimeout(state.timer);
      const timer = setTimeout(() => this.settle(editor), SETTLING_MS);
      this.following.set(editor, { ...state, timer });
      return;
    }
    const isNew = editor.document === this.copy && !this.introduced.has(editor);
    const source = vscode.window.visibleTextEditors.find(({ document }) => document === this.source);
    this.introduced.add(editor);
    if (isNew && source) {
      this.scrollOthers(source);
    } else if (this.isOurs(editor)) {
      this.scrollOthers(editor);
    }
  }

  private isOurs({ document }: vscode.TextEditor): boolean {
    return document === this.source || document === this.copy;
  }

  private bring(editor: vscode.TextEditor, wanted: number, corrections: number): void {
    clearTimeout(this.following.get(editor)?.timer);
    const revealed = Math.min(editor.document.lineCount - 1, wanted + this.stickyLines);
    const timer = setTimeout(() => this.following.delete(editor), ANSWERING_MS);
    this.following.set(editor, { wanted, revealed, corrections, timer });
    editor.revealRange(new vscode.Range(revealed, 0, revealed, 0), vscode.TextEditorRevealType.AtTop);
  }

  /** At its end a text cannot be scrolled on, so an editor need not get where it should. */
  private settle(editor: vscode.TextEditor): void {
    const state = this.following.get(editor);
    const top = topLine(editor);
    if (!state || top === undefined || top === state.wanted || state.corrections >= MOST_CORRECTIONS) {
      this.following.delete(editor);
      return;
    }
    const { wanted, revealed, corrections } = state;
    if (revealed - top >= 0 && revealed - top <= MOST_STICKY_LINES) {
      this.stickyLines = revealed - top;
    }
    this.bring(editor, wanted, corrections + 1);
  }
}

function topLine(editor: vscode.TextEditor): number | undefined {
  return editor.visibleRanges[0]?.start.line;
}
