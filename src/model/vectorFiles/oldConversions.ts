import fs from 'node:fs/promises';
import path from 'node:path';
import { readSafetensorsHeader } from '../../core/safetensors/safetensorsHeader';
import { openFileByteReader } from '../fileByteReader';
import { removeFile } from '../patientFiles';
import { parseConverted } from './convertedFile';

/** How the name of a file ends that is being written. */
export const TEMPORARY_ENDING = '.partial';

/** After this time a file that is being written was left by a program that was ended. */
const LEFT_AFTER_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Makes room: removes conversions of other versions of a file, of files that have gone, and what programs left that were ended. What cannot be
 * removed, as another window has it open, stays until the next time.
 *
 * @param names Of what is converted now: its own, which stays, and how those of all conversions of its file begin.
 */
export async function removeOldConversions(
  folder: string,
  names: { readonly start: string; readonly name: string },
  now = Date.now(),
): Promise<void> {
  for (const name of await fs.readdir(folder)) {
    if (name === names.name) {
      continue;
    }
    const file = path.join(folder, name);
    const isOld = name.endsWith(TEMPORARY_ENDING)
      ? await isLeft(file, now)
      : name.endsWith('.safetensors') && (name.startsWith(names.start) || (await isOrphan(file)));
    if (isOld) {
      await removeFile(file).catch(() => undefined);
    }
  }
}

async function isLeft(file: string, now: number): Promise<boolean> {
  const stats = await fs.stat(file).catch(() => undefined);
  return stats !== undefined && now - stats.mtimeMs > LEFT_AFTER_MILLISECONDS;
}

/** Whether a file was converted from one that is not there any more. What nobody knows is left alone. */
async function isOrphan(file: string): Promise<boolean> {
  const reader = await openFileByteReader(file).catch(() => undefined);
  if (reader === undefined) {
    return false;
  }
  try {
    const description = parseConverted(await readSafetensorsHeader(reader));
    return (
      description !== undefined &&
      (await fs.stat(description.origin.file.path).then(
        () => false,
        (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT',
      ))
    );
  } catch {
    return false;
  } finally {
    await reader.close();
  }
}
