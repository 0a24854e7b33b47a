import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { removeFile, renamePath } from '../patientFiles';
import { HubError } from './hubError';
import type { HubFiles } from './hubFiles';
import type { HubModel } from './hubModel';
import { inStorage, TOKENIZER_FILE, type RepositoryFolder } from './hubStorage';
import { PRIVATE_FILE } from './privateMode';

/** Largest tokenizer. Those of 260,000 tokens have 35 MB. */
export const MAX_TOKENIZER_BYTES = 64 * 1024 * 1024;

/** GPT-2's own `tokenizer.json`, which the program does not need a file for. */
const GPT2_TOKENIZER_SHA256 = '8414cab924d8b9b33013f0d221c5862f365ee9be39c5c2bfae8a5a9e970478a6';

const OPENING_BRACE = 0x7b;

/**
 * Fetches `tokenizer.json` into the snapshot, where the repository has one and it is not GPT-2's.
 *
 * @param model At a commit.
 * @throws {HubError}
 */
export async function downloadTokenizer(
  files: HubFiles,
  model: HubModel,
  folder: RepositoryFolder,
): Promise<void> {
  const target = path.join(folder.snapshot(model.revision), TOKENIZER_FILE);
  if ((await fs.lstat(target).catch(() => undefined))?.isFile() === true) {
    return;
  }
  const partial = path.join(folder.partial, `${model.revision}.${TOKENIZER_FILE}`);
  try {
    const sha256 = await files.repeat(() => fetchInto(files, model, partial));
    if (sha256 !== undefined && sha256 !== GPT2_TOKENIZER_SHA256) {
      await folder.prepareSnapshot(model.revision);
      await inStorage(target, () => renamePath(partial, target));
    }
  } finally {
    await removeFile(partial).catch(() => undefined);
  }
}

/** @returns The content's SHA-256; undefined where there is no such file. */
async function fetchInto(files: HubFiles, model: HubModel, partial: string): Promise<string | undefined> {
  const response = await files.openWhole({ ...model, file: TOKENIZER_FILE }, MAX_TOKENIZER_BYTES);
  if (response === undefined) {
    return undefined;
  }
  const hash = createHash('sha256');
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
    await files.receive(response, response.contentLength, MAX_TOKENIZER_BYTES, (piece) => {
      if (isFirst && piece[0] !== OPENING_BRACE) {
        throw new HubError(
          'untrusted-content',
          `${TOKENIZER_FILE} of ${model.repository} is no JSON object.`,
        );
      }
      isFirst = false;
      hash.update(piece);
      return inStorage(partial, () => handle.appendFile(piece));
    });
    await inStorage(partial, () => handle.sync());
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
