import type * as vscode from 'vscode';

/** UTF-16 length of a document, without making its whole text. */
export function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
