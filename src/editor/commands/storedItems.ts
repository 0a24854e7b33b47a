import { shownName } from '../../core/foreignText/shownText';
import { HUB_ADDRESS, serverName } from '../../model/hub/serverAddress';
import type { StoredModelFiles } from '../../model/hub/storedModels';
import type { KeptConversion } from '../../model/vectorFiles/keptConversions';
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
  readonly part: StoredPart;
}

/** What an entry stands for. */
export type StoredPart =
  | { readonly kind: 'model'; readonly files: ServedFiles }
  | { readonly kind: 'conversion'; readonly file: KeptConversion }
  | { readonly kind: 'indexes' };

/** What is stored, with where it lies and how large it is. */
export interface StoredList {
  readonly title: string;
  readonly items: readonly StoredItem[];
}

/**
 * @param conversions What files of vectors were converted to.
 * @param indexBytes Of all indexes; 0 where there is none.
 */
export function storedList(
  stored: readonly ServedFiles[],
  conversions: readonly KeptConversion[],
  indexBytes: number,
  folders: StoredFolders,
): StoredList {
  const total = [...stored, ...conversions].reduce((sum, { bytes }) => sum + bytes, indexBytes);
  return {
    title: `${conversions.length > 0 ? 'Model Files' : 'Downloaded Model Files'} and Indexes${machineText(folders.remoteName)}: ${formatBytes(total)}`,
    items: [
      ...stored.map((files) => storedItem(files, folders)),
      ...conversions.map((file) => conversionItem(file, folders)),
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
    part: { kind: 'model', files: stored },
  };
}

/** What a file of vectors was converted to: made again when that is chosen. */
function conversionItem(file: KeptConversion, folders: StoredFolders): StoredItem {
  const { origin, format, bytes } = file;
  const made = 'made again when it is needed';
  return {
    label: conversionName(file),
    description: `${formatBytes(bytes)} · ${origin === undefined ? 'not complete yet' : `converted from ${shownName(format ?? '')}, ${made}`}`,
    detail: placeText(origin ?? folders.vectors, folders.home),
    part: { kind: 'conversion', file },
  };
}

/** The name of the file that was converted. */
export function conversionName({ origin, path }: KeptConversion): string {
  return shownName((origin ?? path).split(/[/\\]/).at(-1) ?? path);
}

function indexItem(bytes: number, folders: StoredFolders): StoredItem {
  return {
    label: INDEXES,
    description: `${formatBytes(bytes)} · of all models, made again when they are needed`,
    detail: placeText(folders.indexes, folders.home),
    part: { kind: 'indexes' },
  };
}
