import type { Uri } from 'vscode';

/** Parts of an address that tell where it is. */
type Place = Pick<Uri, 'scheme' | 'fsPath'>;

/** The path of a file or folder on the machine that the extension runs on, which alone models are read from; undefined elsewhere. */
export function localPath({ scheme, fsPath }: Place): string | undefined {
  return scheme === 'file' ? fsPath : undefined;
}

/**
 * Where a dialog for files of that machine has to be told to begin: left to itself it goes through the file system of a virtual
 * workspace, and offers nothing else.
 *
 * @param folders Of the workspace.
 * @returns undefined where VS Code begins on that machine by itself, with the folder that was used last.
 */
export function dialogStart<Address extends Place>(
  folders: readonly Place[],
  home: Address,
): Address | undefined {
  return folders.some((folder) => localPath(folder) === undefined) ? home : undefined;
}
