import os from 'node:os';
import path from 'node:path';
import { CheckpointError } from '../core/safetensors/checkpointError';
import { expandHome } from './expandHome';
import { statPath } from './fileByteReader';
import { formatHubModel, meansHubModel, parseHubModel } from './hub/hubModel';
import type { ModelLocation } from './modelLocation';

/** The word for the built-in sample vectors. A folder of this name can be given as `./sample`. */
export const SAMPLE_WORD = 'sample';

/**
 * Understands what a user gives as model, in the setting or behind `--model`: the path of a safetensors file or of a folder
 * (relative to the working folder, `~` for the home folder), or the word `sample`. Looks at the path, does not open it.
 *
 * @param written As the user wrote it, where `text` is a path that was made of that.
 * @throws {CheckpointError} `not-found` or `unreadable`.
 */
export async function parseModelLocation(
  text: string,
  home: string = os.homedir(),
  written = text,
): Promise<ModelLocation> {
  const trimmed = text.trim();
  if (trimmed === SAMPLE_WORD) {
    return { kind: 'sample' };
  }
  if (trimmed === '') {
    throw new CheckpointError('not-found', '(empty)', 'give the path of a safetensors file or folder.');
  }
  const resolved = path.resolve(expandHome(trimmed, home));
  const stats = await statPath(resolved).catch((error: unknown) => {
    throw CheckpointError.is(error) && error.reason === 'not-found'
      ? withHint(error, written.trim(), resolved)
      : error;
  });
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

/** What is no path but reads like a repository may have been meant as one. */
function withHint(error: CheckpointError, text: string, resolved: string): CheckpointError {
  const hint = hubHint(text);
  return hint === ''
    ? error
    : new CheckpointError('not-found', resolved, `no such file or folder.${hint}`, { cause: error });
}

/** A sentence, with a space before it, for what may mean a model of the hub and is taken for a path; else empty. */
export function hubHint(text: string): string {
  const model = parseHubModel(text);
  const isLikely = meansHubModel(text) || (text.includes('/') && !/^[.~/]/.test(text));
  return model === undefined || !isLikely
    ? ''
    : ` If the model ${formatHubModel(model)} of the Hugging Face hub is meant, the setting tokenscope.model takes it as hf:${formatHubModel(model)}.`;
}
