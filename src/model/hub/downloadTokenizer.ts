import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { removeFile, renamePath } from '../patientFiles';
import { HubError } from './hubError';
import { CONFIG_FILE, MAX_CONFIG_BYTES } from '../modelConfig';
import type { HubFile } from './hubFile';
import type { HubFiles } from './hubFiles';
import type { HubModel } from './hubModel';
import { inStorage, TOKENIZER_FILE, type RepositoryFolder } from './hubStorage';
import { PRIVATE_FILE } from './privateMode';

/** Largest tokenizer. Those of 260,000 tokens have 35 MB. */
export const MAX_TOKENIZER_BYTES = 64 * 1024 * 1024;

const OPENING_BRACE = 0x7b;

/**
 * Fetches `tokenizer.json` into the snapshot, where the repository has one; else `config.json`, which says whether GPT-2's tokenizer may stand
 * for the model's.
 *
 * @param model At a commit.
 * @throws {HubError}
 */
export async function downloadTokenizer(
  files: HubFiles,
  model: HubModel,
  folder: RepositoryFolder,
): Promise<void> {
  if (!(await download(TOKENIZER_FILE, MAX_TOKENIZER_BYTES, files, model, folder))) {
    await download(CONFIG_FILE, MAX_CONFIG_BYTES, files, model, folder);
  }
}

/** @returns Whether the repository has the file. */
async function download(
  file: string,
  limitBytes: number,
  files: HubFiles,
  model: HubModel,
  folder: RepositoryFolder,
): Promise<boolean> {
  const target = path.join(folder.snapshot(model.revision), file);
  if ((await fs.lstat(target).catch(() => undefined))?.isFile() === true) {
    return true;
  }
  const partial = path.join(folder.partial, `${model.revision}.${file}`);
  try {
    const isThere = await files.repeat(() => fetchInto(files, { ...model, file }, partial, limitBytes));
    if (isThere) {
      await folder.prepareSnapshot(model.revision);
      await inStorage(target, () => renamePath(partial, target));
    }
    return isThere;
  } finally {
    await removeFile(partial).catch(() => undefined);
  }
}

/** @returns Whether there is such a file. */
async function fetchInto(
  files: HubFiles,
  file: HubFile,
  partial: string,
  limitBytes: number,
): Promise<boolean> {
  const response = await files.openWhole(file, limitBytes);
  if (response === undefined) {
    return false;
  }
  let isFirst = true;
  // The name is our own alone, as this process holds the lock; whatever lies there is left from an earlier run.
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
  const handle = await inStorage(partial, async () => {
    await removeFile(partial);
    return fs.open(partial, flags, PRIVATE_FILE);
  }).catch((error: unknown) => {
    response.body.destroy();
    throw error;
  });
  try {
    await files.receive(response, response.contentLength, limitBytes, (piece) => {
      if (isFirst && piece[0] !== OPENING_BRACE) {
        throw new HubError('untrusted-content', `${file.file} of ${file.repository} is no JSON object.`);
      }
      isFirst = false;
      return inStorage(partial, () => handle.appendFile(piece));
    });
    await inStorage(partial, () => handle.sync());
  } finally {
    await handle.close();
  }
  return true;
}
