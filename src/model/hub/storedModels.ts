import fs from 'node:fs/promises';
import path from 'node:path';
import { isRefusal, removeTree, renamePath } from '../patientFiles';
import { DownloadLock } from './downloadLock';
import { journalProgress, readJournal } from './downloadJournal';
import { HubError } from './hubError';
import { isCommit, isRepositoryName, type HubModel } from './hubModel';
import { inStorage, isRealFolder, RepositoryFolder, TOKENIZER_FILE } from './hubStorage';
import { MODEL_FILE } from './locateTensor';
import { PRIVATE_FOLDER } from './privateMode';
import { isServerFolder } from './serverStorage';

/** A model in the storage, or the part of one that an interrupted download left. */
export interface StoredModelFiles {
  readonly repository: string;
  /** Commit, 40 hexadecimal digits. */
  readonly revision: string;
  /** The folder of the model; of a part, the folder in which it waits to be continued. */
  readonly folder: string;
  /** Bytes of its files; of a part, those that have arrived. */
  readonly bytes: number;
  readonly isComplete: boolean;
}

/** A model that is complete. */
export interface StoredModel {
  readonly repository: string;
  /** Commit, 40 hexadecimal digits. */
  readonly revision: string;
  /** Folder with `model.safetensors`, and `tokenizer.json` where the tokenizer is not GPT-2's. */
  readonly folder: string;
  /** The model's file. */
  readonly file: string;
  /** Undefined where there is none. */
  readonly tokenizerFile: string | undefined;
}

/*
 * A `storage` here is the part of one server, see {@link storageOfServer}.
 */

/** The model as it is stored, or undefined. Does not look into the file. */
export async function findStoredModel(storage: string, model: HubModel): Promise<StoredModel | undefined> {
  const { repository } = model;
  const folder = new RepositoryFolder(storage, repository);
  const commit = await folder.commitOf(model.revision);
  if (commit === undefined || !(await isFile(folder.modelFile(commit)))) {
    return undefined;
  }
  const snapshot = folder.snapshot(commit);
  const tokenizer = path.join(snapshot, TOKENIZER_FILE);
  return {
    repository,
    revision: commit,
    folder: snapshot,
    file: folder.modelFile(commit),
    tokenizerFile: (await isFile(tokenizer)) ? tokenizer : undefined,
  };
}

/** All that is stored of one server, by repository and commit; complete models before parts. Follows no symbolic link. */
export async function listStoredModels(storage: string): Promise<StoredModelFiles[]> {
  const stored: StoredModelFiles[] = [];
  for (const repository of await repositoriesIn(storage)) {
    const folder = new RepositoryFolder(storage, repository);
    for (const commit of await realFolders(folder.snapshots)) {
      const snapshot = folder.snapshot(commit);
      if (isCommit(commit) && (await isFile(path.join(snapshot, MODEL_FILE)))) {
        const bytes = await bytesOfFiles(snapshot);
        stored.push({ repository, revision: commit, folder: snapshot, bytes, isComplete: true });
      }
    }
    stored.push(...(await partsIn(folder)));
  }
  return stored;
}

/** Bytes of everything that is stored. */
export async function totalStoredBytes(storage: string): Promise<number> {
  return (await listStoredModels(storage)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Deletes one model or part. What is outside the storage stays, whatever links lie in it.
 *
 * @throws {HubError} `busy` while a download of the repository runs in any window, and where a system keeps a file that another window
 *   has open; `storage` when the system refuses. Then the model is there as before.
 */
export async function deleteStoredModel(
  storage: string,
  { repository, revision, isComplete }: Pick<StoredModelFiles, 'repository' | 'revision' | 'isComplete'>,
): Promise<void> {
  if (!isRepositoryName(repository) || !isCommit(revision)) {
    throw new HubError('storage', `${repository}@${revision} is no name of a stored model.`);
  }
  await withIdleRepository(storage, repository, async (folder) => {
    if (isComplete) {
      // In one step, so that no half-deleted model is ever found.
      const doomed = path.join(folder.partial, `${revision}.deleted`);
      await fs.mkdir(folder.partial, { recursive: true, mode: PRIVATE_FOLDER });
      await removeTree(doomed);
      if (isRealFolder(await fs.lstat(folder.snapshots)) && isRealFolder(await fs.lstat(folder.partial))) {
        await putAside(folder, revision, doomed);
        await removeTree(doomed);
      }
    } else {
      await removeParts(folder, (name) => name.startsWith(`${revision}.`));
    }
  });
}

/** Windows moves no folder in which a file is open. */
async function putAside(folder: RepositoryFolder, revision: string, doomed: string): Promise<void> {
  try {
    await renamePath(folder.snapshot(revision), doomed);
  } catch (error) {
    // Where both folders may be written, the file is why.
    if (isRefusal(error) && (await isWritable(folder.snapshots)) && (await isWritable(folder.partial))) {
      throw new HubError('busy', `${folder.repository} is in use by another window.`, { cause: error });
    }
    throw error;
  }
}

/** Deletes what interrupted downloads of a repository left. @throws {HubError} `busy` or `storage`. */
export async function deleteParts(storage: string, repository: string): Promise<void> {
  await withIdleRepository(storage, repository, (folder) => removeParts(folder, () => true));
}

/**
 * Deletes everything that is stored and not in use.
 *
 * @returns Repositories that were left, as a download of them runs, or another window has them open.
 */
export async function deleteAllStoredModels(storage: string): Promise<string[]> {
  const busy: string[] = [];
  for (const model of await listStoredModels(storage)) {
    try {
      await deleteStoredModel(storage, model);
    } catch (error) {
      if (!HubError.is(error, 'busy')) {
        throw error;
      }
      busy.push(model.repository);
    }
  }
  return [...new Set(busy)];
}

/** Runs something that no download may run beside, and removes the repository's folder if nothing is left in it. */
async function withIdleRepository(
  storage: string,
  repository: string,
  run: (folder: RepositoryFolder) => Promise<void>,
): Promise<void> {
  const folder = new RepositoryFolder(storage, repository);
  const stats = await fs.lstat(folder.path).catch(() => undefined);
  if (stats === undefined) {
    return;
  }
  if (!isRealFolder(stats)) {
    throw new HubError('storage', `${folder.path} is not a folder: it is left alone.`);
  }
  const lock = await DownloadLock.tryAcquire(folder.lockFile);
  if (lock === undefined) {
    throw new HubError('busy', `${repository} is being downloaded just now.`);
  }
  try {
    await inStorage(folder.path, () => run(folder));
    await removeIfEmpty(folder);
  } finally {
    await lock.release();
  }
  // Fails where anything is left, which is meant.
  await fs.rmdir(folder.path).catch(() => undefined);
  if (isServerFolder(storage)) {
    await fs.rmdir(storage).catch(() => undefined);
  }
}

async function removeIfEmpty(folder: RepositoryFolder): Promise<void> {
  await fs.rmdir(folder.partial).catch(() => undefined);
  await fs.rmdir(folder.snapshots).catch(() => undefined);
  const snapshots = await fs.lstat(folder.snapshots).catch(() => undefined);
  const refs = path.join(folder.path, 'refs');
  if (snapshots === undefined && isRealFolder(await fs.lstat(refs).catch(() => undefined))) {
    await removeTree(refs);
  }
}

async function removeParts(folder: RepositoryFolder, isDoomed: (name: string) => boolean): Promise<void> {
  if (!isRealFolder(await fs.lstat(folder.partial).catch(() => undefined))) {
    return;
  }
  for (const name of (await fs.readdir(folder.partial)).filter(isDoomed)) {
    await removeTree(path.join(folder.partial, name));
  }
}

async function partsIn(folder: RepositoryFolder): Promise<StoredModelFiles[]> {
  const { repository } = folder;
  if (!isRealFolder(await fs.lstat(folder.partial).catch(() => undefined))) {
    return [];
  }
  const parts: StoredModelFiles[] = [];
  for (const name of (await fs.readdir(folder.partial)).sort()) {
    const revision = name.slice(0, -'.journal'.length);
    const journal =
      name.endsWith('.journal') && isCommit(revision)
        ? await readJournal(folder.journalFile(revision))
        : undefined;
    if (journal !== undefined) {
      const bytes = journalProgress(journal)?.bytesDone ?? 0;
      parts.push({ repository, revision, folder: folder.partial, bytes, isComplete: false });
    }
  }
  return parts;
}

async function repositoriesIn(storage: string): Promise<string[]> {
  return (await realFolders(storage))
    .filter((name) => name.startsWith('models--'))
    .map((name) => name.slice('models--'.length).replace('--', '/'))
    .filter(isRepositoryName);
}

/** Names of the folders in a folder that is one itself, sorted. */
async function realFolders(folder: string): Promise<string[]> {
  if (!isRealFolder(await fs.lstat(folder).catch(() => undefined))) {
    return [];
  }
  const entries = await fs.readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

async function bytesOfFiles(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await fs.readdir(folder)) {
    const stats = await fs.lstat(path.join(folder, name)).catch(() => undefined);
    bytes += stats?.isFile() === true ? stats.size : 0;
  }
  return bytes;
}

async function isWritable(folder: string): Promise<boolean> {
  return fs.access(folder, fs.constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function isFile(file: string): Promise<boolean> {
  return (await fs.lstat(file).catch(() => undefined))?.isFile() === true;
}
