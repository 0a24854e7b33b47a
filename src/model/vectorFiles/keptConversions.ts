import fs from 'node:fs/promises';
import path from 'node:path';
import { readSafetensorsHeader } from '../../core/safetensors/safetensorsHeader';
import { openFileByteReader } from '../fileByteReader';
import { removeFile } from '../patientFiles';
import { parseConverted } from './convertedFile';
import { TEMPORARY_ENDING } from './oldConversions';

/** A file in the folder of converted files. */
export interface KeptConversion {
  readonly path: string;
  readonly bytes: number;
  /** Path of the file that it was converted from; undefined where it does not say, as while it is written. */
  readonly origin: string | undefined;
  /** What that was, for people. */
  readonly format: string | undefined;
}

/** What files of vectors were converted to, and what conversions left that were ended; nothing else that is in the folder. */
export async function keptConversions(folder: string): Promise<KeptConversion[]> {
  const kept: KeptConversion[] = [];
  for (const name of await fs.readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    const stats = await fs.lstat(file).catch(() => undefined);
    const isPartial = name.endsWith(TEMPORARY_ENDING);
    if (stats?.isFile() === true && (isPartial || name.endsWith('.safetensors'))) {
      const description = isPartial ? undefined : await describe(file);
      if (isPartial || description !== undefined) {
        kept.push({
          path: file,
          bytes: stats.size,
          origin: description?.origin.file.path,
          format: description?.format,
        });
      }
    }
  }
  return kept;
}

/** @returns Bytes that were freed. @throws {Error} naming the file when it cannot be deleted. */
export async function removeConversion({ path: file, bytes }: KeptConversion): Promise<number> {
  await removeFile(file);
  return bytes;
}

async function describe(file: string): Promise<ReturnType<typeof parseConverted>> {
  const reader = await openFileByteReader(file).catch(() => undefined);
  try {
    return reader && parseConverted(await readSafetensorsHeader(reader));
  } catch {
    return undefined;
  } finally {
    await reader?.close();
  }
}
