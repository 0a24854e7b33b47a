import fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './errorCode';

/*
 * On Windows, and on disks that it shares, a file that a virus scanner, an indexer or another window has open for a moment cannot be
 * renamed or deleted: the system refuses as if that were forbidden. A little later it succeeds. Nobody but this file renames and deletes.
 */

export interface PatientOptions {
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
  /** How long a refusal is waited for, in milliseconds, all waits together. */
  readonly patience?: number | undefined;
}

/** Where what is refused can be done without, or done later. */
const PATIENCE_MILLISECONDS = 1_250;

/** Where much would be lost, such as a download. */
export const LONG_PATIENCE_MILLISECONDS = 10_000;

const FIRST_WAIT_MILLISECONDS = 10;
const LONGEST_WAIT_MILLISECONDS = 1_000;

const REFUSALS: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Whether an error says what a system says of files that are in use. A file that must not be written has the same codes. */
export function isRefusal(error: unknown): boolean {
  return REFUSALS.has(errorCode(error));
}

/**
 * Renames a file or folder.
 *
 * @throws As `fs.rename`. The signal's reason when it is aborted.
 */
export async function renamePath(from: string, to: string, options?: PatientOptions): Promise<void> {
  await untilAllowed(() => fs.rename(from, to), isRefusal, options);
}

/**
 * Deletes a file, or the link itself; one that is not there is no error.
 *
 * @throws As `fs.rm`. The signal's reason when it is aborted.
 */
export async function removeFile(file: string, options?: PatientOptions): Promise<void> {
  await untilAllowed(() => fs.rm(file, { force: true }), isRefusal, options);
}

/**
 * Deletes a folder with all that is in it, or a file; nothing that links lead to. What is not there is no error.
 *
 * @throws As `fs.rm`. The signal's reason when it is aborted.
 */
export async function removeTree(folder: string, options?: PatientOptions): Promise<void> {
  const remove = (): Promise<void> => fs.rm(folder, { recursive: true, force: true });
  // A file that was deleted while it was open is listed until it is closed.
  await untilAllowed(remove, (error) => isRefusal(error) || errorCode(error) === 'ENOTEMPTY', options);
}

async function untilAllowed(
  run: () => Promise<void>,
  isPassing: (error: unknown) => boolean,
  { signal, patience = PATIENCE_MILLISECONDS }: PatientOptions = {},
): Promise<void> {
  let left = patience;
  for (let wait = FIRST_WAIT_MILLISECONDS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MILLISECONDS)) {
    try {
      await run();
      return;
    } catch (error) {
      if (!isPassing(error) || wait > left) {
        throw error;
      }
    }
    left -= wait;
    // Its error is that of any wait; the caller's reason is thrown.
    await delay(wait, undefined, { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  }
}
