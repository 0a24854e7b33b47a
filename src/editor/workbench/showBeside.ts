import * as vscode from 'vscode';
import { showsNothingKnown, textTabs } from '../textTabs';

/**
 * Shows a text where it covers neither a walkthrough nor a panel such as an inspector: in its own tab where that is in such a group, else in the
 * active group or another one, else in a new group.
 */
export async function showBeside(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  const hidden = textTabs(document.uri);
  const columns = new Set(hidden.map(({ group }) => group.viewColumn));
  const own = hidden.find(({ group }) => mayBeCovered(group));
  const { activeTabGroup, all } = vscode.window.tabGroups;
  // As a number: which group is the active one may change before the text is there.
  const viewColumn =
    own?.group.viewColumn ??
    [activeTabGroup, ...all].find(mayBeCovered)?.viewColumn ??
    // Not beside the active group: there may be what must not be covered.
    newColumn();
  const editor = await vscode.window.showTextDocument(document, { viewColumn, preview: false });
  if (!own && hidden.length > 0) {
    // It has moved: its tab below the panel would only be in the way.
    await vscode.window.tabGroups.close(hidden, true);
  }
  // An unsaved text that is in no tab a second after it was made, VS Code opens by itself: below what is shown just then.
  const surplus = textTabs(document.uri).filter(
    ({ group }) => group.viewColumn !== editor.viewColumn && !columns.has(group.viewColumn),
  );
  if (editor.viewColumn !== undefined && surplus.length > 0) {
    await vscode.window.tabGroups.close(surplus, true);
  }
  return editor;
}

function mayBeCovered(group: vscode.TabGroup): boolean {
  return !showsNothingKnown(group) && !(group.activeTab?.input instanceof vscode.TabInputWebview);
}

/** That of a group behind all others; VS Code has no more than nine. */
function newColumn(): vscode.ViewColumn {
  const { Two, Three, Four, Five, Six, Seven, Eight, Nine } = vscode.ViewColumn;
  return [Two, Three, Four, Five, Six, Seven, Eight][vscode.window.tabGroups.all.length - 1] ?? Nine;
}
