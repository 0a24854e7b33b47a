import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { errorCode } from '../errorCode';
import { removeFile, renamePath } from '../patientFiles';
import { HubError } from './hubError';
import { inStorage } from './hubStorage';
import { PRIVATE_FILE } from './privateMode';

/** How often a holder shows that it is alive. */
const HEARTBEAT_MILLISECONDS = 5_000;

/** A lock that has not been touched for so long is nobody's: its process hangs, or the computer was switched off. */
export const STALE_MILLISECONDS = 60_000;

const MAX_LOCK_BYTES = 1024;

/** Locks of this process: after a restart another process may have the number of the one that died, even this one. */
const heldHere = new Set<string>();

interface LockRecord {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
}

/**
 * One process's right to write into a repository's folder: a file that is created exclusively and touched regularly. Should
 * two processes ever take over the same stale lock, the loser notices before it puts anything in place, and until then both
 * have only written the same bytes to the same positions.
 */
export class DownloadLock {
  private readonly timer: NodeJS.Timeout;
  private readonly lost = new AbortController();

  private constructor(
    private readonly file: string,
    private readonly id: string,
  ) {
    heldHere.add(id);
    this.timer = setInterval(() => void this.beat(), HEARTBEAT_MILLISECONDS);
    this.timer.unref();
  }

  /** Aborted when another process has taken the lock over, as after a long suspension. */
  get lostSignal(): AbortSignal {
    return this.lost.signal;
  }

  /**
   * @returns undefined while another process holds the lock.
   * @throws {HubError} `storage` or `disk-full`.
   */
  static async tryAcquire(file: string): Promise<DownloadLock | undefined> {
    // Twice: once more after a stale lock was removed.
    for (let attempt = 0; attempt < 2; attempt++) {
      const id = randomUUID();
      if (await create(file, { id, pid: process.pid, host: os.hostname() })) {
        await removeLeftovers(file);
        return new DownloadLock(file, id);
      }
      const holder = await observe(file);
      if (holder === 'alive') {
        return undefined;
      }
      if (holder !== 'gone') {
        await removeStale(file, holder);
      }
    }
    return undefined;
  }

  /** Whether some living process holds the lock. */
  static async isHeld(file: string): Promise<boolean> {
    return (await observe(file)) === 'alive';
  }

  /** @throws {HubError} `busy` when another process has taken the lock over. */
  async requireHeld(): Promise<void> {
    if ((await readRecord(this.file))?.id !== this.id) {
      const error = new HubError('busy', 'Another window has taken this download over.', {
        isTransient: true,
      });
      this.lost.abort(error);
      throw error;
    }
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    heldHere.delete(this.id);
    if ((await readRecord(this.file))?.id === this.id) {
      await removeFile(this.file).catch(() => undefined);
    }
  }

  private async beat(): Promise<void> {
    try {
      await this.requireHeld();
      const now = new Date();
      await fs.utimes(this.file, now, now);
    } catch {
      // Lost, which requireHeld has told; or the file cannot be touched, and then it goes stale.
    }
  }
}

async function create(file: string, record: LockRecord): Promise<boolean> {
  // Written first and put in place by a link, so that nobody ever sees a lock without its content.
  const temporary = `${file}.${record.id}`;
  return inStorage(file, async () => {
    try {
      await fs.writeFile(temporary, JSON.stringify(record), { flag: 'wx', mode: PRIVATE_FILE });
      await fs.link(temporary, file);
      return true;
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EEXIST') {
        return false;
      }
      if (code === 'ENOSPC' || code === 'EDQUOT') {
        throw error;
      }
      // File systems without hard links say so in a dozen ways. Where the reason was another one, this fails for it, too.
      return await createDirectly(file, record);
    } finally {
      // The lock is held, or not, whatever becomes of this file.
      await removeFile(temporary).catch(() => undefined);
    }
  });
}

/** For file systems without hard links. */
async function createDirectly(file: string, record: LockRecord): Promise<boolean> {
  try {
    await fs.writeFile(file, JSON.stringify(record), {
      flag: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
      mode: PRIVATE_FILE,
    });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** What a lock file says about its holder; for a stale one its content, so that no other is removed in its place. */
async function observe(file: string): Promise<'alive' | 'gone' | { readonly content: string | undefined }> {
  const stats = await fs.lstat(file).catch(() => undefined);
  if (stats === undefined) {
    return 'gone';
  }
  const record = await readRecord(file);
  if (record === undefined && (await fs.lstat(file).catch(() => undefined)) === undefined) {
    return 'gone';
  }
  const age = Date.now() - stats.mtimeMs;
  const isDead = record?.host === os.hostname() && !isProcessAlive(record);
  return isDead || age > STALE_MILLISECONDS ? { content: record?.id } : 'alive';
}

function isProcessAlive({ pid, id }: LockRecord): boolean {
  if (pid === process.pid) {
    return heldHere.has(id);
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** Moves the lock aside and looks what it is: one that was made anew in the meantime is put back. */
async function removeStale(
  file: string,
  { content }: { readonly content: string | undefined },
): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await renamePath(file, aside);
  } catch {
    return;
  }
  if ((await readRecord(aside))?.id !== content) {
    await fs
      .link(aside, file)
      .catch(() => fs.copyFile(aside, file, constants.COPYFILE_EXCL))
      .catch(() => undefined);
  }
  await removeFile(aside).catch(() => undefined);
}

/** Files that processes left behind when they were killed while they tried to get the lock. */
async function removeLeftovers(file: string): Promise<void> {
  const folder = path.dirname(file);
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names.filter((other) => other.startsWith(`${path.basename(file)}.`))) {
    const leftover = path.join(folder, name);
    const stats = await fs.lstat(leftover).catch(() => undefined);
    if (stats?.isFile() === true && Date.now() - stats.mtimeMs > STALE_MILLISECONDS) {
      await removeFile(leftover).catch(() => undefined);
    }
  }
}

async function readRecord(file: string): Promise<LockRecord | undefined> {
  try {
    const stats = await fs.lstat(file);
    if (!stats.isFile() || stats.size > MAX_LOCK_BYTES) {
      return undefined;
    }
    const { id, pid, host } = JSON.parse(await fs.readFile(file, 'utf8')) as Partial<LockRecord>;
    return typeof id === 'string' && typeof pid === 'number' && typeof host === 'string'
      ? { id, pid, host }
      : undefined;
  } catch {
    return undefined;
  }
}
