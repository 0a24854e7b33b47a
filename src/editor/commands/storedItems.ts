import { shownName } from '../../core/foreignText/shownText';
import { HUB_ADDRESS, serverName } from '../../model/hub/serverAddress';
import type { StoredModelFiles } from '../../model/hub/storedModels';
import type { StorageFolders } from '../../model/storageFolders';
import { formatBytes } from '../formatBytes';
import { machineText, placeText } from './storedPlaces';

export const INDEXES = 'Indexes and neighbor graphs';

/** Digits of a commit, as many as the hub shows and some more. */
const SHOWN_DIGITS = 12;

/** Where Tokenscope keeps files. */
export interface StoredFolders extends StorageFolders {
  /** The user's home folder, which is shown as `~`. */
  readonly home: string;
  /** What VS Code calls the other machine that the folders are on, such as `ssh-remote`; undefined where they are on the user's own. */
  readonly remoteName: string | undefined;
}

/** What one server has sent. */
export interface ServedFiles extends StoredModelFiles {
  /** Address of the server. */
  readonly server: string;
}

export interface StoredItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Undefined for the indexes. */
  readonly stored: ServedFiles | undefined;
}

/** What is stored, with where it lies and how large it is. */
export interface StoredList {
  readonly title: string;
  readonly items: readonly StoredItem[];
}

/** @param indexBytes Of all indexes; 0 where there is none. */
export function storedList(
  stored: readonly ServedFiles[],
  indexBytes: number,
  folders: StoredFolders,
): StoredList {
  const total = stored.reduce((sum, { bytes }) => sum + bytes, indexBytes);
  return {
    title: `Downloaded Model Files and Indexes${machineText(folders.remoteName)}: ${formatBytes(total)}`,
    items: [
      ...stored.map((files) => storedItem(files, folders)),
      ...(indexBytes > 0 ? [indexItem(indexBytes, folders)] : []),
    ],
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
