import type { Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../errorCode';
import { removeFile, renamePath } from '../patientFiles';
import { HubError } from './hubError';
import { isCommit, type HubModel } from './hubModel';
import { MODEL_FILE } from './locateTensor';
import { PRIVATE_FILE, PRIVATE_FOLDER } from './privateMode';

/** Beside a model whose tokenizer is not GPT-2's. */
export const TOKENIZER_FILE = 'tokenizer.json';

/** Longest content of a ref file. */
const MAX_REF_BYTES = 256;

/**
 * Where one repository's files lie: the layout of the Hugging Face cache within a folder of our own, and `partial` for what is
 * not complete yet.
 */
export class RepositoryFolder {
  readonly path: string;

  /** @param storage The folder that holds all downloads. @param repository Checked by {@link parseHubModel}. */
  constructor(
    readonly storage: string,
    readonly repository: string,
  ) {
    this.path = path.join(storage, `models--${repository.replaceAll('/', '--')}`);
  }

  get snapshots(): string {
    return path.join(this.path, 'snapshots');
  }

  get partial(): string {
    return path.join(this.path, 'partial');
  }

  get lockFile(): string {
    return path.join(this.path, 'download.lock');
  }

  snapshot(commit: string): string {
    return path.join(this.snapshots, commit);
  }

  modelFile(commit: string): string {
    return path.join(this.snapshot(commit), MODEL_FILE);
  }

  partialFile(commit: string): string {
    return path.join(this.partial, `${commit}.safetensors`);
  }

  journalFile(commit: string): string {
    return path.join(this.partial, `${commit}.journal`);
  }

  /**
   * Makes the folders that a download writes into, and makes sure that they are folders: through a symbolic link something
   * outside the storage would be written. The storage itself is there.
   *
   * @throws {HubError} `storage` or `disk-full`.
   */
  async prepare(): Promise<void> {
    await ensureFolder(this.path);
    await ensureFolder(this.partial);
  }

  async prepareSnapshot(commit: string): Promise<void> {
    await ensureFolder(this.snapshots);
    await ensureFolder(this.snapshot(commit));
  }

  /** The commit that a revision stands for in this storage: itself, or what its ref file says. */
  async commitOf(revision: string): Promise<string | undefined> {
    if (isCommit(revision)) {
      return revision;
    }
    const file = path.join(this.path, 'refs', ...revision.split('/'));
    const stats = await fs.lstat(file).catch(() => undefined);
    if (stats?.isFile() !== true || stats.size > MAX_REF_BYTES) {
      return undefined;
    }
    const content = (await fs.readFile(file, 'utf8').catch(() => '')).trim();
    return isCommit(content) ? content : undefined;
  }

  /** Notes which commit a branch or tag stands for, as the Hugging Face cache does. */
  async writeRef({ revision }: HubModel, commit: string): Promise<void> {
    if (isCommit(revision) || (await this.commitOf(revision)) === commit) {
      return;
    }
    let refs = path.join(this.path, 'refs');
    await ensureFolder(refs);
    const parts = revision.split('/');
    const name = parts.pop() ?? revision;
    for (const part of parts) {
      refs = path.join(refs, part);
      await ensureFolder(refs);
    }
    await inStorage(refs, async () => {
      const temporary = path.join(refs, `.${name}.${String(process.pid)}`);
      // Never through a link that lies there.
      await removeFile(temporary);
      await fs.writeFile(temporary, commit, { flag: 'wx', mode: PRIVATE_FILE });
      await renamePath(temporary, path.join(refs, name));
    });
  }
}

/** Makes a folder within an existing one; a link or file in its place is an error. */
export async function ensureFolder(folder: string): Promise<void> {
  await inStorage(folder, async () => {
    await fs.mkdir(folder, { mode: PRIVATE_FOLDER }).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') {
        throw error;
      }
    });
    if (!isRealFolder(await fs.lstat(folder))) {
      throw new HubError(
        'storage',
        `${folder} is not a folder: it is left alone, and nothing is stored there.`,
      );
    }
  });
}

/** A folder itself, no symbolic link to one. */
export function isRealFolder(stats: Stats | undefined): boolean {
  return stats?.isDirectory() === true && !stats.isSymbolicLink();
}

/** Runs file operations; errors of the system become HubErrors. @param file What messages name. */
export async function inStorage<T>(file: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw storageError(error, file);
  }
}

/** An error of the file system, which has an `errno`, as a HubError; other errors pass unchanged. */
export function storageError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('errno' in error)) {
    return error;
  }
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new HubError('disk-full', `There is no room left on the disk for ${file}.`, { cause: error });
  }
  const why =
    code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
      ? 'it must not be written'
      : 'it cannot be used';
  return new HubError('storage', `${file}: ${why} (${code}).`, { cause: error });
}
