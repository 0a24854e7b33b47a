import type * as vscode from 'vscode';
import { cacheBytes, clearCache } from '../../engine/loaded/cache/cacheFolder';
import { serverStorages, storageOfServer } from '../../model/hub/serverStorage';
import { deleteStoredModel, listStoredModels } from '../../model/hub/storedModels';
import type { DownloadApprovals } from '../session/downloadApprovals';
import { COMMANDS } from '../commandIds';
import { deletionNotice, deleteStored, type Deletion, type DoomedFiles } from './deleteStored';
import { INDEXES, storedList, type ServedFiles, type StoredFolders } from './storedItems';
import { pickItems } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';

/** Who may have files of models open. */
export interface ModelFilesUser {
  /** Runs something while none of them is open in this window. */
  whileClosed<T>(run: () => Promise<T>): Promise<T>;
}

/** Clear Downloaded Model Files…: what is stored, where, and how large it is, indexes too; deletes what is picked. */
export function registerStoredModels(
  folders: StoredFolders,
  approvals: DownloadApprovals,
  user: ModelFilesUser,
  onDeleted: () => void,
): vscode.Disposable {
  return registerCommand(COMMANDS.storedModels, async () => {
    const stored = await listServedFiles(folders.models);
    const indexBytes = await cacheBytes(folders.indexes);
    if (stored.length === 0 && indexBytes === 0) {
      void showNotice('information', 'Tokenscope has stored no model files.');
      return;
    }
    const { title, items } = storedList(stored, indexBytes, folders);
    const picked = await pickItems(items, { title, placeHolder: 'Pick what is to be deleted' });
    if (!picked || picked.length === 0) {
      return;
    }
    const doomed = picked.map(({ stored: model }) => doomedFiles(model, folders, approvals));
    const hasModels = picked.some(({ stored: model }) => model?.isComplete === true);
    const remove = (): Promise<Deletion> => deleteStored(doomed);
    const deletion = await (hasModels ? user.whileClosed(remove) : remove());
    if (picked.some(({ stored: model }) => model)) {
      onDeleted();
    }
    void showNotice(deletion.left.length > 0 ? 'warning' : 'information', deletionNotice(deletion));
  });
}

async function listServedFiles(storage: string): Promise<ServedFiles[]> {
  const served: ServedFiles[] = [];
  for (const { server, folder } of await serverStorages(storage)) {
    served.push(...(await listStoredModels(folder)).map((files) => ({ ...files, server })));
  }
  return served;
}

function doomedFiles(
  model: ServedFiles | undefined,
  folders: StoredFolders,
  approvals: DownloadApprovals,
): DoomedFiles {
  return model === undefined
    ? { name: INDEXES, remove: () => clearCache(folders.indexes) }
    : {
        name: model.repository,
        remove: async () => {
          await deleteStoredModel(storageOfServer(folders.models, model.server), model);
          await approvals.revoke(model);
          return model.bytes;
        },
      };
}
