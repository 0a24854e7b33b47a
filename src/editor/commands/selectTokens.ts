import * as vscode from 'vscode';
import type { OpenDocuments } from '../documents/openDocuments';
import type { TokenizedDocument } from '../documents/tokenizedDocument';
import { isCancellation } from '../isCancellation';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import { tellUnsplit } from '../session/tellUnsplit';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';
import { withLateProgress } from './lateProgress';
import { stepAt, stepBefore, stepFrom, type Step, type SteppedText } from './tokenSteps';

/** The tokens of a document stay for as long after a step, so that the next one is there at once. */
const KEPT_MS = 10_000;

/** Where a selection goes, given where it starts and ends: UTF-16 offsets of the document. */
type Move = (text: SteppedText, start: number, end: number) => Step;

/** The token that holds the start of the selection, so that selecting it twice is selecting it once. */
const MOVES: readonly (readonly [command: string, move: Move])[] = [
  [COMMANDS.selectToken, (text, start) => stepAt(text, start)],
  [COMMANDS.selectNextToken, (text, _, end) => stepFrom(text, end)],
  [COMMANDS.selectPreviousToken, (text, start) => stepBefore(text, start)],
];

/** Select Token, Select Next Token, Select Previous Token: for every cursor, among the tokens that the document has as a whole. */
export function registerSelectTokens(
  documents: OpenDocuments,
  tokenizers: CurrentTokenizer,
): vscode.Disposable {
  const kept = new KeptTokens();
  return vscode.Disposable.from(
    kept,
    ...MOVES.map(([command, move]) =>
      registerCommand(command, async () => {
        if (!tellUnsplit(tokenizers)) {
          await moveSelections(documents, kept, move);
        }
      }),
    ),
  );
}

async function moveSelections(documents: OpenDocuments, kept: KeptTokens, move: Move): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void showNotice('information', 'Open a text to select its tokens.');
    return;
  }
  const tokens = documents.acquire(editor.document);
  try {
    const selections = await withLateProgress('Tokenizing the document', (signal) =>
      movedSelections(editor, tokens, move, signal),
    );
    // Who has gone on to another editor meanwhile is not brought back.
    if (vscode.window.activeTextEditor === editor) {
      editor.selections = selections;
      editor.revealRange(editor.selection);
    }
  } catch (error) {
    if (!isCancellation(error)) {
      throw error;
    }
  } finally {
    kept.keep(tokens);
  }
}

/** Waits until the tokens that it takes are known. */
async function movedSelections(
  editor: vscode.TextEditor,
  tokens: TokenizedDocument,
  move: Move,
  signal: AbortSignal,
): Promise<readonly vscode.Selection[]> {
  for (;;) {
    const { document } = editor;
    const text = steppedText(document, tokens);
    const moved = editor.selections.map((selection) =>
      moveSelection(document, selection, (start, end) => move(text, start, end)),
    );
    const known = moved.filter((selection) => selection !== undefined);
    if (known.length === moved.length) {
      return known;
    }
    await nextChange(tokens, signal);
  }
}

function moveSelection(
  document: vscode.TextDocument,
  selection: vscode.Selection,
  move: (start: number, end: number) => Step,
): vscode.Selection | undefined {
  const step = move(document.offsetAt(selection.start), document.offsetAt(selection.end));
  if (step === 'none' || step === undefined) {
    return step && selection;
  }
  return new vscode.Selection(document.positionAt(step.start), document.positionAt(step.end));
}

function steppedText(document: vscode.TextDocument, tokens: TokenizedDocument): SteppedText {
  const lastLine = document.lineAt(document.lineCount - 1);
  return {
    length: document.offsetAt(lastLine.range.end),
    tokensIn: (start, end) => tokens.tokensIn(start, end),
    // VS Code has no position there, and gives the one before it.
    isInsideLineEnd: (offset) => document.offsetAt(document.positionAt(offset)) < offset,
  };
}

/** @throws {Error} named `AbortError` when the signal is aborted, or the document is closed. */
function nextChange(tokens: TokenizedDocument, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      if (signal.aborted || tokens.document.isClosed) {
        reject(abortError());
      } else {
        resolve();
      }
      signal.removeEventListener('abort', settle);
      listeners.dispose();
    };
    const listeners = vscode.Disposable.from(
      tokens.onDidChange(settle),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === tokens.document) {
          settle();
        }
      }),
    );
    signal.addEventListener('abort', settle);
  });
}

function abortError(): Error {
  const error = new Error('Canceled');
  error.name = 'AbortError';
  return error;
}

/** Holds the tokens that were used last for some seconds more. */
class KeptTokens implements vscode.Disposable {
  private tokens: TokenizedDocument | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  keep(tokens: TokenizedDocument): void {
    this.dispose();
    this.tokens = tokens;
    this.timer = setTimeout(() => this.dispose(), KEPT_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.tokens?.dispose();
    this.tokens = undefined;
  }
}
