import type { Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { openVectorRows } from '../../core/vectorFiles/openVectorRows';
import { recognizeVectors } from '../../core/vectorFiles/recognizeVectors';
import { openFileByteReader } from '../fileByteReader';

/** A file of vectors that was found, and what its first bytes say. */
export interface FoundVectors {
  /** Absolute. */
  readonly path: string;
  /** What it is, for people: `word2vec binary`. */
  readonly format: string;
  /** Undefined where the first bytes do not tell. */
  readonly rowCount: number | undefined;
  readonly dimension: number | undefined;
  readonly bytes: number;
}

/** A folder that is searched. */
export interface SearchedFolder {
  readonly path: string;
  /** Levels of folders below it that are searched as well. */
  readonly depth: number;
}

/** Where a search ends, however large a workspace is. */
export interface SearchLimits {
  /** Files that are listed. */
  readonly listed: number;
  /** Files of which the first bytes are read. */
  readonly opened: number;
  /** Entries of folders that are looked at. */
  readonly entries: number;
}

const LIMITS: SearchLimits = { listed: 50, opened: 400, entries: 20_000 };

/** Endings of files that may hold vectors. Compressed ones cannot be opened. */
const NAMES = /\.(bin|vec|vectors|txt|tsv|npy|gguf)$/i;

/** Folders full of files that are nobody's vectors. */
const PASSED_OVER = new Set(['node_modules', '__pycache__', 'venv', 'site-packages']);

/** How much of a file is read: more than a thousand numbers of a text. */
const HEAD_BYTES = 16_384;

/**
 * Fewer values than any vectors of words that are published have: tables of a few columns of numbers are mostly no vectors. Such a file can be
 * chosen by its name.
 */
const LEAST_DIMENSION = 16;

/** A value takes so many bytes at least: half precision, or a digit and what parts it from the next. */
const LEAST_VALUE_BYTES = 2;

/**
 * Finds files of vectors, by their names and their first {@link HEAD_BYTES}; whether one can be used shows when it is opened. The folders are
 * searched in their order, what is near first, in each by name. Hidden files, and what is reached by links, are left out; so is what
 * cannot be read.
 *
 * @param signal Ends the search: what was found until then is the answer, also where a disk does not answer.
 */
export async function findVectorFiles(
  folders: readonly SearchedFolder[],
  signal: AbortSignal,
  limits: SearchLimits = LIMITS,
): Promise<FoundVectors[]> {
  const found: FoundVectors[] = [];
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
  await Promise.race([search(folders, signal, limits, found), ended]);
  // The search may still wait for a disk, and add to its list then.
  return found.slice();
}

async function search(
  folders: readonly SearchedFolder[],
  signal: AbortSignal,
  limits: SearchLimits,
  found: FoundVectors[],
): Promise<void> {
  const queue = [...folders];
  const seen = new Set<string>();
  let opened = 0;
  let entries = 0;
  const isOver = (): boolean =>
    signal.aborted || found.length >= limits.listed || opened >= limits.opened || entries >= limits.entries;
  for (let folder = queue.shift(); folder !== undefined && !isOver(); folder = queue.shift()) {
    if (seen.has(folder.path)) {
      continue;
    }
    seen.add(folder.path);
    for (const entry of await entriesOf(folder.path)) {
      if (isOver()) {
        return;
      }
      entries++;
      const entryPath = path.join(folder.path, entry.name);
      if (entry.isDirectory() && folder.depth > 0 && !PASSED_OVER.has(entry.name)) {
        queue.push({ path: entryPath, depth: folder.depth - 1 });
      } else if (entry.isFile() && NAMES.test(entry.name)) {
        opened++;
        const vectors = await vectorsOf(entryPath).catch(() => undefined);
        if (vectors !== undefined && !signal.aborted) {
          found.push(vectors);
        }
      }
    }
  }
}

/** What is not hidden, by name. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** @returns undefined for what is no file of vectors, or hardly one: of few values, or smaller than what its first line announces. */
async function vectorsOf(file: string): Promise<FoundVectors | undefined> {
  const reader = await openFileByteReader(file);
  try {
    const recognized = await recognizeVectors(reader, undefined, HEAD_BYTES);
    if (recognized === undefined) {
      return undefined;
    }
    const bytes = await reader.size();
    if (recognized.kind === 'gguf') {
      // Where its matrix is stands behind all its tokens.
      return { path: file, format: 'GGUF', rowCount: undefined, dimension: undefined, bytes };
    }
    const { format, rowCount, dimension } = await openVectorRows(reader, recognized);
    const isPlausible =
      dimension >= LEAST_DIMENSION && bytes >= (rowCount ?? 1) * dimension * LEAST_VALUE_BYTES;
    return isPlausible ? { path: file, format, rowCount, dimension, bytes } : undefined;
  } finally {
    await reader.close();
  }
}
