import fs from 'node:fs/promises';
import path from 'node:path';
import { CheckpointError } from '../core/safetensors/checkpointError';
import { fileError } from './fileByteReader';
import { isRepositoryFolder, resolveSnapshot } from './huggingFaceCache';

const SINGLE_FILE = 'model.safetensors';
const INDEX_FILE = 'model.safetensors.index.json';

/** What a folder holds: one whole checkpoint, or the index of one in several files (shards). */
export type FolderContents =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'index'; readonly path: string };

/**
 * Finds the checkpoint in a folder: `model.safetensors`, else `model.safetensors.index.json`, else the only `*.safetensors`
 * file. A repository folder of the Hugging Face cache (`models--org--name`) stands for its current snapshot.
 *
 * @throws {CheckpointError} `not-found` with what to do about it; `unsupported` where only pickled PyTorch weights are found.
 */
export async function findCheckpointInFolder(folder: string): Promise<FolderContents> {
  const names = new Set(await listFolder(folder));
  if (names.has(SINGLE_FILE)) {
    return { kind: 'file', path: path.join(folder, SINGLE_FILE) };
  }
  if (names.has(INDEX_FILE)) {
    return { kind: 'index', path: path.join(folder, INDEX_FILE) };
  }
  const checkpoints = [...names].filter((name) => name.endsWith('.safetensors')).sort();
  const [only] = checkpoints;
  if (only !== undefined && checkpoints.length === 1) {
    return { kind: 'file', path: path.join(folder, only) };
  }
  if (only !== undefined) {
    const examples = checkpoints.slice(0, 3).join(', ');
    throw new CheckpointError(
      'not-found',
      folder,
      `it holds ${String(checkpoints.length)} safetensors files (${examples} …) and no ${INDEX_FILE}. ` +
        'Choose one of the files.',
    );
  }
  if (isRepositoryFolder(folder)) {
    const snapshot = await resolveSnapshot(folder);
    if (snapshot !== undefined) {
      return findCheckpointInFolder(snapshot);
    }
  }
  throw nothingUsable(folder, names);
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    throw fileError(error, folder);
  }
}

function nothingUsable(folder: string, names: ReadonlySet<string>): CheckpointError {
  const pickled = [...names].find((name) => /^pytorch_model.*\.bin$/.test(name));
  if (pickled !== undefined) {
    return new CheckpointError(
      'unsupported',
      folder,
      `it holds only ${pickled}, which is a pickle and could run code when read. Download or convert the model as safetensors.`,
    );
  }
  return new CheckpointError('not-found', folder, `it holds no ${SINGLE_FILE} and no ${INDEX_FILE}.`);
}
