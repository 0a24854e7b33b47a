import type * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import { cacheBytes, clearCache } from '../../engine/loaded/cache/cacheFolder';
import { HUB_ADDRESS, serverName } from '../../model/hub/serverAddress';
import { serverStorages, storageOfServer } from '../../model/hub/serverStorage';
import { deleteStoredModel, listStoredModels, type StoredModelFiles } from '../../model/hub/storedModels';
import { formatBytes } from '../formatBytes';
import type { DownloadApprovals } from '../session/downloadApprovals';
import { COMMANDS } from '../commandIds';
import { pickItems, type PickEntry } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';

/** Where Tokenscope keeps files. */
export interface StoredFolders {
  /** Downloaded models. */
  readonly models: string;
  /** Indexes and neighbor graphs, which are made again when they are needed. */
  readonly indexes: string;
}

/** What one server has sent. */
interface ServedFiles extends StoredModelFiles {
  /** Address of the server. */
  readonly server: string;
}

interface StoredItem extends PickEntry {
  /** Undefined for the indexes. */
  readonly stored: ServedFiles | undefined;
}

/** Clear Downloaded Model Files…: what is stored and how large it is, indexes too; deletes what is picked. */
export function registerStoredModels(
  folders: StoredFolders,
  approvals: DownloadApprovals,
  onDeleted: () => void,
): vscode.Disposable {
  return registerCommand(COMMANDS.storedModels, async () => {
    const stored = await listServedFiles(folders.models);
    const indexBytes = await cacheBytes(folders.indexes);
    if (stored.length === 0 && indexBytes === 0) {
      void showNotice('information', 'Tokenscope has stored no model files.');
      return;
    }
    const total = stored.reduce((sum, { bytes }) => sum + bytes, indexBytes);
    const items = [...stored.map(storedItem), ...(indexBytes > 0 ? [indexItem(indexBytes)] : [])];
    const picked = await pickItems(items, {
      title: `Downloaded Model Files and Indexes: ${formatBytes(total)}`,
      placeHolder: 'Pick what is to be deleted',
    });
    if (!picked || picked.length === 0) {
      return;
    }
    let freed = 0;
    for (const { stored: model } of picked) {
      if (model) {
        await deleteStoredModel(storageOfServer(folders.models, model.server), model);
        await approvals.revoke(model);
        freed += model.bytes;
      } else {
        freed += await clearCache(folders.indexes);
      }
    }
    if (picked.some(({ stored: model }) => model)) {
      onDeleted();
    }
    void showNotice('information', `Deleted ${formatBytes(freed)}.`);
  });
}

async function listServedFiles(storage: string): Promise<ServedFiles[]> {
  const served: ServedFiles[] = [];
  for (const { server, folder } of await serverStorages(storage)) {
    served.push(...(await listStoredModels(folder)).map((files) => ({ ...files, server })));
  }
  return served;
}

function storedItem(stored: ServedFiles): StoredItem {
  const { revision, isComplete, server } = stored;
  const from = server === HUB_ADDRESS ? '' : ` · from ${shownName(serverName(server))}`;
  return {
    label: shownName(stored.repository),
    description: formatBytes(stored.bytes),
    detail: `${shownName(revision)}${isComplete ? '' : ' · not complete yet'}${from}`,
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
