import fs from 'node:fs/promises';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import type { VectorRows } from '../../core/vectorFiles/vectorRows';
import { megabytes } from '../hub/diskRoom';

/** Room that a disk must have beyond the rows, for their labels and for others. */
const SPARE_BYTES = 64 * 1024 * 1024;

/**
 * Says before a conversion, not after most of it, that the disk is too small. What is not known before, how many rows a text has, is not asked.
 *
 * @throws {CheckpointError} `too-large` with both figures.
 */
export async function requireDiskRoom(
  folder: string,
  source: string,
  { rowCount, dimension, dtype }: VectorRows,
): Promise<void> {
  const disk = await fs.statfs(folder).catch(() => undefined);
  const needed = (rowCount ?? 0) * dimension * (dtype === 'F32' ? 4 : 2) + SPARE_BYTES;
  // Some network drives do not say how large they are.
  if (disk !== undefined && disk.blocks > 0 && disk.bavail * disk.bsize < needed) {
    throw new CheckpointError(
      'too-large',
      source,
      `its conversion needs ${megabytes(needed)} on the disk of ${folder}, and there are ${megabytes(disk.bavail * disk.bsize)}.`,
    );
  }
}
