import fs from 'node:fs/promises';
import { LabelCollector, MAX_ROWS, MAX_TABLE_BYTES } from '../../core/labels/labelCollector';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { writeSafetensorsHeader } from '../../core/safetensors/writeSafetensorsHeader';
import type { VectorRows } from '../../core/vectorFiles/vectorRows';
import { convertedMetadata, convertedTensors, type ConvertedDescription } from './convertedFile';

/** How far a conversion is. */
export interface ConversionProgress {
  readonly rows: number;
  /** 0 to 1: how much of the file has been read. */
  readonly fraction: number;
}

/** Bytes that are written at a time, of what follows the rows. */
const PORTION_BYTES = 1 << 20;

/**
 * Writes the rows of a file and its labels as a safetensors file. Rows are written as they are read; only the labels are kept in memory until
 * the end. The header is written last, into the room that was left for it: before, the file is none.
 *
 * @param source What errors call the file that is read.
 * @param target Must not be there. Where this fails it is left as far as it came.
 * @returns How many rows there are.
 * @throws {CheckpointError} about the file that is read, and about a disk that takes no more.
 * @throws The signal's reason when it is aborted.
 */
export async function writeConverted(
  rows: VectorRows,
  source: string,
  target: string,
  description: ConvertedDescription,
  signal?: AbortSignal,
  onProgress?: (progress: ConversionProgress) => void,
): Promise<number> {
  const { dtype, dimension } = rows;
  const metadata = convertedMetadata(description);
  const headerOf = (count: number, labels: { count: number; bytes: number }, length?: number): Uint8Array =>
    writeSafetensorsHeader(convertedTensors(dtype, count, dimension, labels), metadata, length);
  // No header is longer than that of the largest numbers.
  const { length } = headerOf(MAX_ROWS, { count: MAX_ROWS, bytes: MAX_TABLE_BYTES });
  const file = await fs.open(target, 'wx');
  try {
    const labels = new LabelCollector();
    let position = length;
    let count = 0;
    for await (const batch of rows.batches(labels, signal)) {
      count += batch.rows;
      requireFewRows(source, count);
      position = await writeAt(file, batch.bytes, position);
      onProgress?.({ rows: count, fraction: batch.fraction });
      signal?.throwIfAborted();
    }
    const { bytes, ends } = labels.finish().data;
    position = await writeAt(file, littleEndian(ends), position, signal);
    await writeAt(file, bytes, position, signal);
    await writeAt(file, headerOf(count, { count: ends.length, bytes: bytes.length }, length), 0);
    await file.sync();
    return count;
  } finally {
    await file.close();
  }
}

/** @throws {CheckpointError} `too-large`. */
export function requireFewRows(source: string, count: number): void {
  if (count > MAX_ROWS) {
    throw new CheckpointError(
      'too-large',
      source,
      `it has more than ${MAX_ROWS.toLocaleString('en-US')} rows.`,
    );
  }
}

/** @returns The position behind the bytes. */
async function writeAt(
  file: fs.FileHandle,
  bytes: Uint8Array,
  position: number,
  signal?: AbortSignal,
): Promise<number> {
  for (let done = 0; done < bytes.length;) {
    signal?.throwIfAborted();
    const portion = Math.min(bytes.length - done, PORTION_BYTES);
    const { bytesWritten } = await file.write(bytes, done, portion, position + done);
    done += bytesWritten;
  }
  return position + bytes.length;
}

function littleEndian(values: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, at) => {
    view.setUint32(4 * at, value, true);
  });
  return new Uint8Array(view.buffer);
}
