import * as vscode from 'vscode';

/** The tabs that show a text by itself, of all editor groups. */
export function textTabs(uri: vscode.Uri): readonly vscode.Tab[] {
  const address = uri.toString();
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === address),
  );
}

/** Whether what a group shows has no place in VS Code's interface for extensions, as a walkthrough has none. */
export function showsNothingKnown({ activeTab }: vscode.TabGroup): boolean {
  return activeTab !== undefined && activeTab.input === undefined;
}
