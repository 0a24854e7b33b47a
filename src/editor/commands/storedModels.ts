import * as vscode from 'vscode';
import { cacheBytes, clearCache } from '../../engine/loaded/cache/cacheFolder';
import { deleteStoredModel, listStoredModels, type StoredModelFiles } from '../../model/hub/storedModels';
import { formatBytes } from '../formatBytes';
import type { DownloadApprovals } from '../session/downloadApprovals';
import { COMMANDS } from '../commandIds';

/** Where Tokenscope keeps files. */
export interface StoredFolders {
  /** Downloaded models. */
  readonly models: string;
  /** Indexes and neighbor graphs, which are made again when they are needed. */
  readonly indexes: string;
}

interface StoredItem extends vscode.QuickPickItem {
  /** Undefined for the indexes. */
  readonly stored: StoredModelFiles | undefined;
}

/** Clear Downloaded Model Files…: what is stored and how large it is, indexes too; deletes what is picked. */
export function registerStoredModels(
  folders: StoredFolders,
  approvals: DownloadApprovals,
  onDeleted: () => void,
): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.storedModels, async () => {
    const stored = await listStoredModels(folders.models);
    const indexBytes = await cacheBytes(folders.indexes);
    if (stored.length === 0 && indexBytes === 0) {
      void vscode.window.showInformationMessage('Tokenscope has stored no model files.');
      return;
    }
    const total = stored.reduce((sum, { bytes }) => sum + bytes, indexBytes);
    const items = [...stored.map(storedItem), ...(indexBytes > 0 ? [indexItem(indexBytes)] : [])];
    const picked = await vscode.window.showQuickPick(items, {
      title: `Downloaded Model Files and Indexes: ${formatBytes(total)}`,
      placeHolder: 'Pick what is to be deleted',
      canPickMany: true,
    });
    if (!picked || picked.length === 0) {
      return;
    }
    let freed = 0;
    for (const { stored: model } of picked) {
      if (model) {
        await deleteStoredModel(folders.models, model);
        await approvals.revoke(model.repository);
        freed += model.bytes;
      } else {
        freed += await clearCache(folders.indexes);
      }
    }
    if (picked.some(({ stored: model }) => model)) {
      onDeleted();
    }
    void vscode.window.showInformationMessage(`Deleted ${formatBytes(freed)}.`);
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

function indexItem(bytes: number): StoredItem {
  return {
    label: 'Indexes and neighbor graphs',
    description: formatBytes(bytes),
    detail: 'Of all models. They are made again when they are needed.',
    stored: undefined,
  };
}
