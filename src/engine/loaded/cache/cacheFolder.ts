import type { Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { createChecksum } from '../../../core/embedding/checksum';
import { errorCode } from '../../../model/errorCode';
import { removeFile } from '../../../model/patientFiles';
import { readSectionFileHeader } from './sectionFile';
import type { SourceIdentity } from './sourceIdentity';
import { TEMPORARY_SUFFIX } from './writeSectionFile';

/*
 * The folder is shared by all windows, whose programs know nothing of each other: whatever is done here, a file may vanish or
 * appear at any moment, and a file that is deleted under another window is only made again.
 */

/** The files of one embedding matrix. */
export interface CacheFiles {
  readonly index: string;
  readonly graph: string;
  /** A graph that is not complete yet. */
  readonly graphPart: string;
  /** The layout of the vocabulary. */
  readonly layout: string;
}

export interface RemoveStaleOptions {
  /** What all files together may have, in bytes; {@link MAX_CACHE_BYTES} where it is not given. */
  readonly maxBytes?: number;
  /** Milliseconds since 1970; the clock's where it is not given. */
  readonly now?: number;
}

/** About fifty models of GPT-2's size, or one of each of the largest: more would be a surprise on a user's disk. */
export const MAX_CACHE_BYTES = 2 * 1024 ** 3;

/** A temporary file that nobody has written to for so long is a leftover: writing one takes seconds. */
const TEMPORARY_MILLISECONDS = 60 * 60 * 1000;

const ENTRY_PATTERN = /^[0-9a-f]{32}\.(?:index|graph|graph-part|layout)$/;

interface CacheEntry {
  readonly file: string;
  readonly stats: Stats;
  readonly isTemporary: boolean;
}

/** Where the files of a source lie, as it is now. Neither a file nor the folder needs to exist. */
export function cacheFiles(folder: string, source: SourceIdentity): CacheFiles {
  const name = path.join(folder, nameOf(source));
  return {
    index: `${name}.index`,
    graph: `${name}.graph`,
    graphPart: `${name}.graph-part`,
    layout: `${name}.layout`,
  };
}

/** Notes that a file was used, by its time of change: many disks do not note when files are read. */
export async function markUsed(file: string, now = Date.now()): Promise<void> {
  await fs.utimes(file, now / 1000, now / 1000).catch(() => undefined);
}

/**
 * Deletes what is of no use any more: damaged files, files whose source is gone or has changed, and temporary files of processes
 * that were killed. Then, those that were not used for longest first, what is more than the folder may hold. Files of
 * other versions of the program count as useful, and so do those whose source cannot be examined just now.
 *
 * @param keep Files that are left alone in any case.
 * @returns Bytes that were freed.
 */
export async function removeStale(
  folder: string,
  keep: readonly string[] = [],
  { maxBytes = MAX_CACHE_BYTES, now = Date.now() }: RemoveStaleOptions = {},
): Promise<number> {
  const kept = new Set(keep.map((file) => path.resolve(file)));
  let freed = 0;
  const useful: CacheEntry[] = [];
  for (const entry of await listEntries(folder)) {
    const isKept = kept.has(path.resolve(entry.file));
    const isUseful = isKept || (entry.isTemporary ? isFresh(entry, now) : await isOfUse(entry.file));
    if (isUseful) {
      useful.push(entry);
    } else {
      freed += await remove(entry);
    }
  }
  let total = useful.reduce((sum, { stats }) => sum + stats.size, 0);
  useful.sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs);
  for (const entry of useful) {
    if (total <= maxBytes) {
      break;
    }
    if (!entry.isTemporary && !kept.has(path.resolve(entry.file))) {
      freed += await remove(entry);
      total -= entry.stats.size;
    }
  }
  return freed;
}

/** Deletes the temporary files of processes that were killed, and nothing else. @returns Bytes that were freed. */
export async function removeLeftovers(folder: string, now = Date.now()): Promise<number> {
  let freed = 0;
  for (const entry of await listEntries(folder)) {
    freed += entry.isTemporary && !isFresh(entry, now) ? await remove(entry) : 0;
  }
  return freed;
}

/** Deletes all files but those that another window is writing just now. @returns Bytes that were freed. */
export async function clearCache(folder: string, now = Date.now()): Promise<number> {
  let freed = 0;
  for (const entry of await listEntries(folder)) {
    freed += entry.isTemporary && isFresh(entry, now) ? 0 : await remove(entry);
  }
  return freed;
}

/** Bytes of all files, unfinished ones too. */
export async function cacheBytes(folder: string): Promise<number> {
  return (await listEntries(folder)).reduce((sum, { stats }) => sum + stats.size, 0);
}

/**
 * A name for each version of a source: what is made of a new one never takes the place of a file of the old one, which another window may have
 * open. Windows refuses that. 128 bits never meet by chance, and two sources that somebody made to meet would only take the place of each other:
 * a file says itself what it was made of. A cryptographic hash would cost the first answer the loading of Node's `crypto`.
 */
function nameOf({
  path: file,
  tensorName,
  size,
  mtimeMs,
  tensorOffset,
  dtype,
  shape,
}: SourceIdentity): string {
  const version = JSON.stringify([file, tensorName, size, mtimeMs, tensorOffset ?? null, dtype, shape]);
  const checksum = createChecksum();
  checksum.update(new TextEncoder().encode(version));
  return checksum.digest();
}

/** The files that are ours; anything else in the folder, and symbolic links, are left alone. */
async function listEntries(folder: string): Promise<CacheEntry[]> {
  const entries: CacheEntry[] = [];
  for (const name of await fs.readdir(folder).catch(() => [])) {
    const isTemporary = name.endsWith(TEMPORARY_SUFFIX);
    // A temporary name is the final one, a random part and the suffix.
    const finalName = isTemporary ? name.split('.').slice(0, 2).join('.') : name;
    if (ENTRY_PATTERN.test(finalName)) {
      const file = path.join(folder, name);
      const stats = await fs.lstat(file).catch(() => undefined);
      if (stats?.isFile() === true) {
        entries.push({ file, stats, isTemporary });
      }
    }
  }
  return entries;
}

function isFresh({ stats }: CacheEntry, now: number): boolean {
  return Math.abs(now - stats.mtimeMs) <= TEMPORARY_MILLISECONDS;
}

async function isOfUse(file: string): Promise<boolean> {
  const parsed = await readSectionFileHeader(file);
  if (parsed.kind === 'unusable') {
    return parsed.cause !== 'damaged' && parsed.cause !== 'absent';
  }
  const { source } = parsed.header;
  // Under another's name nobody would look for it.
  return path.basename(file).startsWith(`${nameOf(source)}.`) && (await isUnchanged(source));
}

async function isUnchanged({ path: file, size, mtimeMs }: SourceIdentity): Promise<boolean> {
  try {
    const stats = await fs.stat(file);
    return stats.isFile() && stats.size === size && stats.mtimeMs === mtimeMs;
  } catch (error) {
    const code = errorCode(error);
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}

/** @returns Bytes that were freed: none when the file has gone, has been replaced since it was listed, or cannot be deleted. */
async function remove({ file, stats }: CacheEntry): Promise<number> {
  try {
    const { ino, mtimeMs, size } = await fs.lstat(file);
    if (ino !== stats.ino || mtimeMs !== stats.mtimeMs || size !== stats.size) {
      return 0;
    }
    await removeFile(file);
    return size;
  } catch {
    return 0;
  }
}
