// The full-size test checkpoint whose answers are known beforehand. It is made once and kept in .cache/.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectFolder } from './paths.mjs';

/**
 * Makes the checkpoint when it is missing.
 *
 * @returns {string} the path of its safetensors file.
 * @throws {Error} when the generator fails.
 */
export function ensurePlantedCheckpoint() {
  const folder = path.join(projectFolder, '.cache/checkpoints');
  const generator = 'test/fixtures/checkpoints/makeCheckpoints.ts';
  const result = spawnSync(process.execPath, ['--import', 'tsx', generator, folder], {
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (result.status !== 0) {
    throw new Error(`${generator} failed with exit code ${result.status}`);
  }
  return path.join(folder, 'gpt2-planted/model.safetensors');
}
