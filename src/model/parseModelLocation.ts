import os from 'node:os';
import path from 'node:path';
import { CheckpointError } from '../core/safetensors/checkpointError';
import { expandHome } from './expandHome';
import { statPath } from './fileByteReader';
import type { ModelLocation } from './modelLocation';

/** The word for the built-in sample vectors. A folder of this name can be given as `./sample`. */
export const SAMPLE_WORD = 'sample';

/**
 * Understands what a user gives as model, in the setting or behind `--model`: the path of a safetensors file or of a folder
 * (relative to the working folder, `~` for the home folder), or the word `sample`. Looks at the path, does not open it.
 *
 * @throws {CheckpointError} `not-found` or `unreadable`.
 */
export async function parseModelLocation(text: string, home: string = os.homedir()): Promise<ModelLocation> {
  const trimmed = text.trim();
  if (trimmed === SAMPLE_WORD) {
    return { kind: 'sample' };
  }
  if (trimmed === '') {
    throw new CheckpointError('not-found', '(empty)', 'give the path of a safetensors file or folder.');
  }
  const resolved = path.resolve(expandHome(trimmed, home));
  const stats = await statPath(resolved);
  if (stats.isDirectory()) {
    return { kind: 'folder', path: resolved };
  }
  if (stats.isFile()) {
    return { kind: 'file', path: resolved };
  }
  throw new CheckpointError(
    'unreadable',
    resolved,
    'this is a pipe, socket or device, not a file or folder.',
  );
}
