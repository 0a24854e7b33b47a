import fs from 'node:fs/promises';
import { HubError } from './hubError';
import type { RepositoryFolder } from './hubStorage';

/** Room that a disk must have beyond the file, for the journal and for others. */
const SPARE_BYTES = 16 * 1024 * 1024;

/**
 * Says before the download, not after most of it, that the disk is too small.
 *
 * @throws {HubError} `disk-full`
 */
export async function requireRoom(folder: RepositoryFolder, commit: string, bytes: number): Promise<void> {
  const disk = await fs.statfs(folder.partial).catch(() => undefined);
  const partial = await fs.lstat(folder.partialFile(commit)).catch(() => undefined);
  const present = (partial?.blocks ?? 0) * 512;
  const needed = bytes - present + SPARE_BYTES;
  // Some network drives do not say how large they are.
  if (disk !== undefined && disk.blocks > 0 && disk.bavail * disk.bsize < needed) {
    throw new HubError(
      'disk-full',
      `The download needs ${megabytes(bytes)} on the disk of ${folder.storage}, and there are ` +
        `${megabytes(disk.bavail * disk.bsize)}.`,
    );
  }
}

/** Such as `154.4 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Such as `64.8 of 154.4 MB`. */
export function megabytesOf(done: number, total: number): string {
  return `${(done / 1e6).toFixed(1)} of ${megabytes(total)}`;
}
