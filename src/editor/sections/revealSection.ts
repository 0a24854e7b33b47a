import * as vscode from 'vscode';

/** Shows a UTF-16 range of a document, selected, where the document is shown already, and gives it the focus. */
export async function revealRange(document: vscode.TextDocument, start: number, end: number): Promise<void> {
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const shows = (editor: vscode.TextEditor | undefined): boolean => editor?.document === document;
  const editor = shows(activeTextEditor) ? activeTextEditor : visibleTextEditors.find(shows);
  if (editor) {
    editor.selection = new vscode.Selection(selection.start, selection.end);
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  // The cell of a notebook is no editor that could be shown by itself.
  if (editor?.viewColumn !== undefined || !editor) {
    await vscode.window.showTextDocument(document, {
      selection,
      ...(editor?.viewColumn !== undefined && { viewColumn: editor.viewColumn }),
    });
  }
}
