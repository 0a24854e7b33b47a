import type * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import { cacheBytes, clearCache } from '../../engine/loaded/cache/cacheFolder';
import { HUB_ADDRESS, serverName } from '../../model/hub/serverAddress';
import { serverStorages, storageOfServer } from '../../model/hub/serverStorage';
import { deleteStoredModel, listStoredModels, type StoredModelFiles } from '../../model/hub/storedModels';
import { formatBytes } from '../formatBytes';
import type { DownloadApprovals } from '../session/downloadApprovals';
import { COMMANDS } from '../commandIds';
import { machineText, placeText } from './storedPlaces';
import { deletionNotice, deleteStored, type Deletion, type DoomedFiles } from './deleteStored';
import { pickItems, type PickEntry } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';

const INDEXES = 'Indexes and neighbor graphs';

/** Digits of a commit, as many as the hub shows and some more. */
const SHOWN_DIGITS = 12;

/** Where Tokenscope keeps files. */
export interface StoredFolders {
  /** Downloaded models. */
  readonly models: string;
  /** Indexes and neighbor graphs, which are made again when they are needed. */
  readonly indexes: string;
  /** The user's home folder, which is shown as `~`. */
  readonly home: string;
  /** What VS Code calls the other machine that the folders are on, such as `ssh-remote`; undefined where they are on the user's own. */
  readonly remoteName: string | undefined;
}

/** Who may have files of models open. */
export interface ModelFilesUser {
  /** Runs something while none of them is open in this window. */
  whileClosed<T>(run: () => Promise<T>): Promise<T>;
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
    const total = stored.reduce((sum, { bytes }) => sum + bytes, indexBytes);
    const items = [
      ...stored.map((files) => storedItem(files, folders)),
      ...(indexBytes > 0 ? [indexItem(indexBytes, folders)] : []),
    ];
    const picked = await pickItems(items, {
      title: `Downloaded Model Files and Indexes${machineText(folders.remoteName)}: ${formatBytes(total)}`,
      placeHolder: 'Pick what is to be deleted',
    });
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

function storedItem(stored: ServedFiles, folders: StoredFolders): StoredItem {
  const { revision, isComplete, server } = stored;
  const from = server === HUB_ADDRESS ? '' : ` · from ${shownName(serverName(server))}`;
  return {
    label: shownName(stored.repository),
    description: `${formatBytes(stored.bytes)} · ${shownName(revision.slice(0, SHOWN_DIGITS))}${isComplete ? '' : ' · not complete yet'}${from}`,
    detail: placeText(folders.models, folders.home),
    stored,
  };
}

function indexItem(bytes: number, folders: StoredFolders): StoredItem {
  return {
    label: INDEXES,
    description: `${formatBytes(bytes)} · of all models, made again when they are needed`,
    detail: placeText(folders.indexes, folders.home),
    stored: undefined,
  };
}
