import * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import {
  MAX_SAVED_BYTES,
  parseSavedNeighbors,
  SavedNeighborsError,
  type SavedNeighbors,
} from '../panel/exports/parseSavedNeighbors';
import type { InspectorPanels } from '../panel/inspectorPanels';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';
import { tellInStatusBar } from '../workbench/tellInStatusBar';

/** Open Saved Neighbors…: asks again what a saved list has asked, of the model that is chosen now. */
export function registerOpenSavedNeighbors(panels: InspectorPanels): vscode.Disposable {
  return registerCommand(COMMANDS.openSavedNeighbors, async (argument?: unknown) => {
    const uri = argument instanceof vscode.Uri ? argument : await chooseFile();
    if (!uri) {
      return;
    }
    try {
      const { query, metric, k, filter, leftOut, modelName } = await readSaved(uri);
      panels.show(query, true, { metric, k, filter, leftOut });
      tellInStatusBar(`Saved with ${shownName(modelName)}; asked again now.`, 5_000);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void showNotice('error', `${shownName(uri.path.split('/').at(-1) ?? '')} cannot be opened. ${reason}`);
    }
  });
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const uris = await vscode.window.showOpenDialog({
    title: 'Open Saved Neighbors',
    openLabel: 'Open',
    canSelectMany: false,
    filters: { JSON: ['json'] },
  });
  return uris?.[0];
}

async function readSaved(uri: vscode.Uri): Promise<SavedNeighbors> {
  const { size, type } = await vscode.workspace.fs.stat(uri);
  // A pipe or a device says that it has no bytes, and may never end. Through a link it is looked at all the same.
  if ((type & vscode.FileType.File) === 0) {
    throw new SavedNeighborsError('It is no regular file.');
  }
  if (size > MAX_SAVED_BYTES) {
    throw new SavedNeighborsError('It is larger than any list of neighbors.');
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  return parseSavedNeighbors(new TextDecoder().decode(bytes));
}
