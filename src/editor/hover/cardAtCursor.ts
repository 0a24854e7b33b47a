import * as vscode from 'vscode';
import { showsNothingKnown } from '../textTabs';
import { bringUpCard, type Asked, type CardStage } from './bringUpCard';
import type { HoverQuestion, HoverQuestions } from './hoverQuestions';

/** Milliseconds between two times that the card is asked for: longer than VS Code scrolls (125) after a line was revealed. */
const BETWEEN_MS = 150;

/** Moves of the cursor by these are the user's own. */
const BY_HAND: ReadonlySet<vscode.TextEditorSelectionChangeKind | undefined> = new Set([
  vscode.TextEditorSelectionChangeKind.Keyboard,
  vscode.TextEditorSelectionChangeKind.Mouse,
]);

/**
 * Shows the hover card at the cursor of an editor that was opened a moment ago. Ends at once when the user goes on to something else.
 *
 * VS Code's command for it asks the editor that has the keyboard, once: where something has taken that away it does nothing, and a
 * scroll or a mouse over the text takes the card away before it is there.
 *
 * @returns whether it came up.
 */
export async function showCardAtCursor(
  editor: vscode.TextEditor,
  questions: HoverQuestions,
): Promise<boolean> {
  const card = new CardAtCursor(editor, questions);
  try {
    return await bringUpCard(card);
  } finally {
    card.dispose();
  }
}

/** The card at the cursor of one document, wherever that is shown. */
class CardAtCursor implements CardStage, vscode.Disposable {
  private readonly document: vscode.TextDocument;
  private readonly viewColumn: vscode.ViewColumn | undefined;
  private readonly position: vscode.Position;
  private readonly listeners: vscode.Disposable;
  /** The questions for it since it was asked for. */
  private asked: readonly HoverQuestion[] = [];
  private readonly leaving = new AbortController();
  private readonly left = new Promise<Asked>((resolve) => {
    this.leaving.signal.addEventListener('abort', () => resolve('withdrawn'));
  });

  constructor(editor: vscode.TextEditor, questions: HoverQuestions) {
    const { document } = editor;
    this.document = document;
    this.viewColumn = editor.viewColumn;
    this.position = editor.selection.active;
    this.listeners = vscode.Disposable.from(
      questions.onDidAsk((question) => {
        if (question.document === document && question.position.isEqual(this.position)) {
          this.asked = [...this.asked, question];
        }
      }),
      // No text editor is active where something else has the keyboard, and it may have that without the user's doing.
      vscode.window.onDidChangeActiveTextEditor((active) =>
        this.leaveIf(active !== undefined && active.document !== document),
      ),
      vscode.window.onDidChangeVisibleTextEditors((editors) =>
        this.leaveIf(editors.every((visible) => visible.document !== document)),
      ),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) =>
        this.leaveIf(textEditor.document === document && BY_HAND.has(kind)),
      ),
      vscode.workspace.onDidChangeTextDocument((change) =>
        this.leaveIf(change.document === document && change.contentChanges.length > 0),
      ),
    );
  }

  get isLeft(): boolean {
    return this.leaving.signal.aborted;
  }

  get isKeyboardTaken(): boolean {
    return (
      vscode.window.activeTextEditor === undefined &&
      showsNothingKnown(vscode.window.tabGroups.activeTabGroup)
    );
  }

  async ask(): Promise<Asked> {
    const active = vscode.window.activeTextEditor;
    if (active && active.document !== this.document) {
      return 'unheard'; // It would be the other editor that is asked.
    }
    this.asked = [];
    // A card that is up already is not to take the keyboard.
    await vscode.commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
    await Promise.race([new Promise((resolve) => setTimeout(resolve, BETWEEN_MS)), this.left]);
    const question = this.asked.at(-1);
    return question ? Promise.race([question.outcome, this.left]) : 'unheard';
  }

  async focus(): Promise<void> {
    const { document, viewColumn } = this;
    await vscode.window.showTextDocument(document, { ...(viewColumn && { viewColumn }), preview: false });
  }

  dispose(): void {
    this.listeners.dispose();
  }

  private leaveIf(isLeft: boolean): void {
    if (isLeft) {
      this.leaving.abort();
    }
  }
}
