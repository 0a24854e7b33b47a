import fs from 'node:fs/promises';
import path from 'node:path';
import { ensureFolder, inStorage, isRealFolder } from './hubStorage';
import { PRIVATE_FOLDER } from './privateMode';
import { HUB_ADDRESS, serverAddress } from './serverAddress';

const PREFIX = 'server--';

/** The part of the storage that holds what one server has sent. */
export interface ServerStorage {
  /** See {@link serverAddress}. */
  readonly server: string;
  readonly folder: string;
}

/**
 * Where the models of a server are stored: those of the hub itself in the storage's own folder, those of any other in a folder within it.
 * So what one server has sent is never taken for what another has.
 *
 * @param server See {@link serverAddress}.
 */
export function storageOfServer(storage: string, server: string): string {
  return server === HUB_ADDRESS ? storage : path.join(storage, folderName(server));
}

/**
 * Makes the folder that the downloads from a server lie in, for its owner alone. A storage that an earlier version left open to others is
 * closed to them, and with it all that lies in it.
 *
 * @param server See {@link serverAddress}.
 * @throws {HubError} `storage` or `disk-full`.
 */
export async function prepareStorage(storage: string, server: string): Promise<void> {
  await inStorage(storage, () => fs.mkdir(storage, { recursive: true, mode: PRIVATE_FOLDER }));
  // Some file systems know no modes. They store models all the same.
  await fs.chmod(storage, PRIVATE_FOLDER).catch(() => undefined);
  const folder = storageOfServer(storage, server);
  if (folder !== storage) {
    await ensureFolder(folder);
  }
}

/** Whether a folder is the part of a storage that a server other than the hub has. */
export function isServerFolder(folder: string): boolean {
  return serverOfFolder(path.basename(folder)) !== undefined;
}

/** The parts of a storage, the hub's own first, then by address. Follows no symbolic link. */
export async function serverStorages(storage: string): Promise<ServerStorage[]> {
  if (!isRealFolder(await fs.lstat(storage).catch(() => undefined))) {
    return [];
  }
  const entries = await fs.readdir(storage, { withFileTypes: true });
  const others = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => serverOfFolder(name))
    .filter((server) => server !== undefined)
    .sort();
  return [HUB_ADDRESS, ...others].map((server) => ({ server, folder: storageOfServer(storage, server) }));
}

/**
 * Such as `server--https%3A%2F%2Fmirror.example`: one folder for each address also where file names know no capital letters,
 * and none that Windows would call otherwise, as it does with names that end with a dot.
 */
function folderName(server: string): string {
  const escaped = server.replace(/[^a-z0-9.-]|\.$/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    return `%${code.padStart(2, '0')}`;
  });
  return PREFIX + escaped;
}

/** The address that a folder is named after; undefined for any other folder. */
function serverOfFolder(name: string): string | undefined {
  try {
    const server = serverAddress(new URL(decodeURIComponent(name.slice(PREFIX.length))));
    return folderName(server) === name && server !== HUB_ADDRESS ? server : undefined;
  } catch {
    return undefined;
  }
}
