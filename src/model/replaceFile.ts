import fs from 'node:fs/promises';
import { isRefusal, LONG_PATIENCE_MILLISECONDS, removeFile, renamePath } from './patientFiles';

/**
 * Puts a file in its place, where another may lie that somebody has open: Windows replaces no such file, but it gives an open file another
 * name, and deletes it when it is closed.
 *
 * @param aside Where the other one goes for that; on the same disk, and nobody else's name.
 * @throws As `fs.rename`; the other file is in its place then. The signal's reason when it is aborted.
 */
export async function replaceFile(
  from: string,
  to: string,
  aside: string,
  signal?: AbortSignal,
): Promise<void> {
  const isTaken = await isThere(to);
  try {
    await renamePath(from, to, { signal, ...(!isTaken && { patience: LONG_PATIENCE_MILLISECONDS }) });
    return;
  } catch (error) {
    if (!isTaken || !isRefusal(error)) {
      throw error;
    }
  }
  await removeFile(aside, { signal });
  await renamePath(to, aside, { signal });
  try {
    await renamePath(from, to, { signal, patience: LONG_PATIENCE_MILLISECONDS });
  } catch (error) {
    await renamePath(aside, to);
    throw error;
  }
  await removeFile(aside).catch(() => undefined);
}

async function isThere(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => true,
    () => false,
  );
}
