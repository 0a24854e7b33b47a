import fs from 'node:fs/promises';
import path from 'node:path';
import { journalProgress, readJournal } from './downloadJournal';
import { DownloadLock } from './downloadLock';
import type { ProgressMeter } from './downloadProgress';
import type { RepositoryFolder } from './hubStorage';
import type { RetryClock } from './retrying';

/** How often a waiting process looks whether it is its turn. */
const POLL_MILLISECONDS = 500;

/**
 * Waits for the right to write into a repository's folder, and reports meanwhile how far the process is that has it.
 *
 * @throws The signal's reason when it is aborted.
 */
export async function waitForLock(
  folder: RepositoryFolder,
  meter: ProgressMeter,
  clock: RetryClock,
  signal: AbortSignal,
): Promise<DownloadLock> {
  for (;;) {
    signal.throwIfAborted();
    const lock = await DownloadLock.tryAcquire(folder.lockFile);
    if (lock !== undefined) {
      meter.wait(undefined);
      return lock;
    }
    const progress = await progressOfHolder(folder);
    meter.change({ phase: 'other-window' });
    if (progress !== undefined) {
      meter.change({ bytesTotal: progress.bytesTotal });
      meter.add(progress.bytesDone - meter.bytesDone);
    }
    meter.wait('Another window downloads this model.');
    await clock.sleep(POLL_MILLISECONDS, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  }
}

/** From the journal that was written last. */
async function progressOfHolder(
  folder: RepositoryFolder,
): Promise<{ readonly bytesDone: number; readonly bytesTotal: number } | undefined> {
  const names = await fs.readdir(folder.partial).catch(() => []);
  let newest: { readonly file: string; readonly time: number } | undefined;
  for (const name of names.filter((candidate) => candidate.endsWith('.journal'))) {
    const file = path.join(folder.partial, name);
    const stats = await fs.lstat(file).catch(() => undefined);
    if (stats !== undefined && stats.mtimeMs >= (newest?.time ?? 0)) {
      newest = { file, time: stats.mtimeMs };
    }
  }
  const journal = newest === undefined ? undefined : await readJournal(newest.file);
  return journal === undefined ? undefined : journalProgress(journal);
}
