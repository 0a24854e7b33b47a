import * as vscode from 'vscode';

/** Documents of notebooks' cells have the path of the notebook. */
const CELL_SCHEME = 'vscode-notebook-cell';

/** Whether a tab of the window shows a document: as a text, as one of the sides of a comparison, or as a cell of a notebook. */
export function hasTab({ uri }: vscode.TextDocument): boolean {
  const isCell = uri.scheme === CELL_SCHEME;
  const shows = (shown: vscode.Uri): boolean =>
    isCell ? shown.path === uri.path : shown.toString() === uri.toString();
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => urisOf(input).some(shows)));
}

function urisOf(input: unknown): vscode.Uri[] {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) {
    return [input.uri];
  }
  return input instanceof vscode.TabInputTextDiff || input instanceof vscode.TabInputNotebookDiff
    ? [input.original, input.modified]
    : [];
}
