import * as vscode from 'vscode';
import { showsNothingKnown, textTabs } from '../textTabs';

/** What a text may lie over where no group is free: `panel` only while something such as a walkthrough has a group of its own. */
type Covered = 'nothing' | 'panel';

/**
 * Shows a text where it covers neither a walkthrough nor a panel such as an inspector: in its own tab where that is in such a group, else in the
 * active group or another one, else in a new group.
 *
 * @param covered With `panel` a text for a walkthrough takes turns with the panel beside that: each step is about one of them, and three
 *   columns would be too narrow for any.
 */
export async function showBeside(
  document: vscode.TextDocument,
  covered: Covered = 'nothing',
): Promise<vscode.TextEditor> {
  const hidden = textTabs(document.uri);
  const columns = new Set(hidden.map(({ group }) => group.viewColumn));
  const rooms = roomsFor(covered);
  const own = hidden.find(({ group }) => rooms.includes(group.viewColumn));
  // As a number: which group is the active one may change before the text is there.
  // Not beside the active group: there may be what must not be covered.
  const viewColumn = own?.group.viewColumn ?? rooms[0] ?? newColumn();
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

/** The columns that a text may take, the active one first. */
function roomsFor(covered: Covered): readonly vscode.ViewColumn[] {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const groups = [activeTabGroup, ...all];
  const free = groups.filter(mayBeCovered);
  const isWalked = groups.some(showsNothingKnown);
  const taken =
    free.length > 0 || covered === 'nothing' || !isWalked
      ? free
      : groups.filter((group) => !showsNothingKnown(group));
  return taken.map(({ viewColumn }) => viewColumn);
}

function mayBeCovered(group: vscode.TabGroup): boolean {
  return !showsNothingKnown(group) && !(group.activeTab?.input instanceof vscode.TabInputWebview);
}

/** That of a group behind all others; VS Code has no more than nine. */
function newColumn(): vscode.ViewColumn {
  const { Two, Three, Four, Five, Six, Seven, Eight, Nine } = vscode.ViewColumn;
  return [Two, Three, Four, Five, Six, Seven, Eight][vscode.window.tabGroups.all.length - 1] ?? Nine;
}
