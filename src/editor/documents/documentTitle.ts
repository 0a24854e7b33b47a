import * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';

/** What a document is called where it is spoken of: its file's name, and of a notebook's cell which one it is. */
export function documentTitle({ uri }: vscode.TextDocument): string {
  const name = shownName(uri.path.slice(uri.path.lastIndexOf('/') + 1) || uri.path);
  if (uri.scheme !== 'vscode-notebook-cell') {
    return name;
  }
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cell = notebook.getCells().find(({ document }) => document.uri.toString() === uri.toString());
    if (cell) {
      return `cell ${cell.index + 1} of ${name}`;
    }
  }
  return name;
}
