import { CheckpointError } from '../core/safetensors/checkpointError';
import { modelPaths, type PathSurroundings } from './modelPaths';
import type { ModelLocation } from './modelLocation';
import { parseModelLocation, SAMPLE_WORD } from './parseModelLocation';

/**
 * The file, folder or sample vectors that a setting names: the first of its paths that is there.
 *
 * @throws {CheckpointError} `not-found` or `unreadable`.
 */
export async function findSettingModel(
  setting: string,
  surroundings: PathSurroundings,
): Promise<ModelLocation> {
  if (setting.trim() === SAMPLE_WORD) {
    return { kind: 'sample' };
  }
  const failures: unknown[] = [];
  for (const path of modelPaths(setting, surroundings)) {
    try {
      return await parseModelLocation(path, undefined, setting);
    } catch (error) {
      if (!CheckpointError.is(error) || error.reason !== 'not-found') {
        throw error;
      }
      failures.push(error);
    }
  }
  throw failures[0];
}
