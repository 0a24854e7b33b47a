import fs from 'node:fs/promises';
import path from 'node:path';
import { CheckpointError } from '../core/safetensors/checkpointError';
import { fileError } from './fileByteReader';

const SINGLE_FILE = 'model.safetensors';
const INDEX_FILE = 'model.safetensors.index.json';

/** What a folder holds: one whole checkpoint, or the index of one in several files (shards). */
export type FolderContents =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'index'; readonly path: string };

/**
 * Finds the checkpoint in a folder: `model.safetensors`, else `model.safetensors.index.json`, else the only `*.safetensors`
 * file. Only by its names and sizes: hidden files (macOS leaves a `._name` beside many a file), folders, empty files and links to what is not
 * there are none of them. Whether it can be used shows when it is opened.
 *
 * @throws {CheckpointError} `not-found` with what to do about it; `unsupported` where only pickled PyTorch weights are found.
 */
export async function findCheckpointInFolder(folder: string): Promise<FolderContents> {
  const all = await listFolder(folder);
  const names: string[] = [];
  const faults: string[] = [];
  for (const name of all.filter(isCheckpointName).sort()) {
    const fault = await faultOf(path.join(folder, name));
    if (fault === undefined) {
      names.push(name);
    } else {
      faults.push(`${name} ${fault}`);
    }
  }
  for (const [name, kind] of [
    [SINGLE_FILE, 'file'],
    [INDEX_FILE, 'index'],
  ] as const) {
    if (names.includes(name)) {
      return { kind, path: path.join(folder, name) };
    }
  }
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) {
    return { kind: 'file', path: path.join(folder, only) };
  }
  if (only !== undefined) {
    const examples = names.slice(0, 3).join(', ');
    throw new CheckpointError(
      'not-found',
      folder,
      `it holds ${String(names.length)} safetensors files (${examples} …) and no ${INDEX_FILE}. ` +
        'Choose one of the files.',
    );
  }
  throw nothingUsable(folder, all, faults);
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    throw fileError(error, folder);
  }
}

function isCheckpointName(name: string): boolean {
  return !name.startsWith('.') && (name === INDEX_FILE || name.endsWith('.safetensors'));
}

/** Why something of a checkpoint's name is no file that could be one. */
async function faultOf(file: string): Promise<string | undefined> {
  const stats = await fs.stat(file).catch(() => undefined);
  if (stats === undefined) {
    return 'leads to a file that is not there';
  }
  if (!stats.isFile()) {
    return stats.isDirectory() ? 'is a folder' : 'is no file';
  }
  return stats.size === 0 ? 'is empty' : undefined;
}

function nothingUsable(folder: string, names: readonly string[], faults: readonly string[]): CheckpointError {
  const pickled = names.find((name) => /^pytorch_model.*\.bin$/.test(name));
  if (faults.length === 0 && pickled !== undefined) {
    return new CheckpointError(
      'unsupported',
      folder,
      `it holds only ${pickled}, which is a pickle and could run code when read. Download or convert the model as safetensors.`,
    );
  }
  const found = faults.length === 0 ? '' : ` ${faults.slice(0, 3).join(', ')}.`;
  return new CheckpointError('not-found', folder, `it holds no ${SINGLE_FILE} and no ${INDEX_FILE}.${found}`);
}
