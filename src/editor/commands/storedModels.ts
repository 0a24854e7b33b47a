import type * as vscode from 'vscode';
import { cacheBytes, clearCache } from '../../engine/loaded/cache/cacheFolder';
import { serverStorages, storageOfServer } from '../../model/hub/serverStorage';
import type { StoredModelFiles } from '../../model/hub/storedModels';
import type { DownloadApprovals } from '../session/downloadApprovals';
import { COMMANDS } from '../commandIds';
import { deletionNotice, deleteStored, type Deletion, type DoomedFiles } from './deleteStored';
import {
  conversionName,
  INDEXES,
  storedList,
  type ServedFiles,
  type StoredFolders,
  type StoredPart,
} from './storedItems';
import type { KeptConversion } from '../../model/vectorFiles/keptConversions';
import { pickItems } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';

/** What lists and deletes what files of vectors were converted to. */
export interface Conversions {
  readonly keptConversions: (folder: string) => Promise<KeptConversion[]>;
  readonly removeConversion: (kept: KeptConversion) => Promise<number>;
}

/** What lists and deletes what was downloaded. */
export interface Downloads {
  readonly listStoredModels: (storage: string) => Promise<StoredModelFiles[]>;
  readonly deleteStoredModel: (storage: string, files: StoredModelFiles) => Promise<void>;
}

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
  conversions: () => Promise<Conversions>,
  downloads: () => Promise<Downloads>,
): vscode.Disposable {
  return registerCommand(COMMANDS.storedModels, async () => {
    const { listStoredModels, deleteStoredModel } = await downloads();
    const stored = await listServedFiles(folders.models, listStoredModels);
    const { keptConversions, removeConversion } = await conversions();
    const converted = await keptConversions(folders.vectors);
    const indexBytes = await cacheBytes(folders.indexes);
    if (stored.length === 0 && converted.length === 0 && indexBytes === 0) {
      void showNotice('information', 'Tokenscope has stored no model files.');
      return;
    }
    const { title, items } = storedList(stored, converted, indexBytes, folders);
    const picked = await pickItems(items, { title, placeHolder: 'Pick what is to be deleted' });
    if (!picked || picked.length === 0) {
      return;
    }
    const doomed = picked.map(({ part }) =>
      doomedFiles(part, folders, approvals, { removeConversion, deleteStoredModel }),
    );
    const hasModels = picked.some(
      ({ part }) => part.kind === 'conversion' || (part.kind === 'model' && part.files.isComplete),
    );
    const remove = (): Promise<Deletion> => deleteStored(doomed);
    const deletion = await (hasModels ? user.whileClosed(remove) : remove());
    if (picked.some(({ part }) => part.kind !== 'indexes')) {
      onDeleted();
    }
    void showNotice(deletion.left.length > 0 ? 'warning' : 'information', deletionNotice(deletion));
  });
}

async function listServedFiles(
  storage: string,
  listStoredModels: Downloads['listStoredModels'],
): Promise<ServedFiles[]> {
  const served: ServedFiles[] = [];
  for (const { server, folder } of await serverStorages(storage)) {
    served.push(...(await listStoredModels(folder)).map((files) => ({ ...files, server })));
  }
  return served;
}

function doomedFiles(
  part: StoredPart,
  folders: StoredFolders,
  approvals: DownloadApprovals,
  {
    removeConversion,
    deleteStoredModel,
  }: Pick<Conversions, 'removeConversion'> & Pick<Downloads, 'deleteStoredModel'>,
): DoomedFiles {
  switch (part.kind) {
    case 'indexes':
      return { name: INDEXES, remove: () => clearCache(folders.indexes) };
    case 'conversion':
      return { name: conversionName(part.file), remove: () => removeConversion(part.file) };
    case 'model': {
      const { files } = part;
      return {
        name: files.repository,
        remove: async () => {
          await deleteStoredModel(storageOfServer(folders.models, files.server), files);
          await approvals.revoke(files);
          return files.bytes;
        },
      };
    }
  }
}
