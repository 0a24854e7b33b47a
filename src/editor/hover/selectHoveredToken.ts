import * as vscode from 'vscode';
import { isCount, isRecord } from '../../protocol/parsing';
import { registerCommand } from '../workbench/registerCommand';

/** Behind a link of the hover; no command for the palette. */
export const SELECT_HOVERED_TOKEN = 'tokenscope.selectHoveredToken';

/** Selects the range that a hover's link names, in the editor that shows its document. */
export function registerSelectHoveredToken(): vscode.Disposable {
  return registerCommand(SELECT_HOVERED_TOKEN, (argument?: unknown) => {
    const { uri, start, end } = isRecord(argument) ? argument : {};
    const [from, to] = [parsePosition(start), parsePosition(end)];
    const shows = (candidate: vscode.TextEditor | undefined): boolean =>
      candidate?.document.uri.toString() === uri;
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const editor = shows(activeTextEditor) ? activeTextEditor : visibleTextEditors.find(shows);
    if (editor && from && to) {
      editor.selection = new vscode.Selection(from, to);
      editor.revealRange(editor.selection);
    }
  });
}

function parsePosition(value: unknown): vscode.Position | undefined {
  const [line, character] = Array.isArray(value) ? (value as unknown[]) : [];
  return isCount(line) && isCount(character) ? new vscode.Position(line, character) : undefined;
}
