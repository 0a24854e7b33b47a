import * as vscode from 'vscode';
import { deleteStoredModel, listStoredModels, type StoredModelFiles } from '../../model/hub/storedModels';
import { formatBytes } from '../formatBytes';
import type { DownloadApprovals } from '../session/downloadApprovals';
import { COMMANDS } from './commandIds';

interface StoredItem extends vscode.QuickPickItem {
  readonly stored: StoredModelFiles;
}

/** Clear Downloaded Model Files…: what is stored and how large it is; deletes what is picked. */
export function registerStoredModels(
  storage: string,
  approvals: DownloadApprovals,
  onDeleted: () => void,
): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.storedModels, async () => {
    const stored = await listStoredModels(storage);
    if (stored.length === 0) {
      void vscode.window.showInformationMessage('Tokenscope has stored no model files.');
      return;
    }
    const total = stored.reduce((sum, { bytes }) => sum + bytes, 0);
    const picked = await vscode.window.showQuickPick(stored.map(storedItem), {
      title: `Downloaded Model Files: ${formatBytes(total)}`,
      placeHolder: 'Pick what is to be deleted',
      canPickMany: true,
    });
    if (!picked || picked.length === 0) {
      return;
    }
    for (const item of picked) {
      await deleteStoredModel(storage, item.stored);
      await approvals.revoke(item.stored.repository);
    }
    onDeleted();
    const freed = picked.reduce((sum, { stored: { bytes } }) => sum + bytes, 0);
    void vscode.window.showInformationMessage(`Deleted ${formatBytes(freed)} of model files.`);
  });
}

function storedItem(stored: StoredModelFiles): StoredItem {
  return {
    label: stored.repository,
    description: formatBytes(stored.bytes),
    detail: `${stored.revision}${stored.isComplete ? '' : ' · not complete yet'}`,
    stored,
  };
}
