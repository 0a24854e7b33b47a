import { LabelLimitError, type LabelCollector } from '../labels/labelCollector';
import type { ByteReader } from '../safetensors/byteReader';
import { CheckpointError } from '../safetensors/checkpointError';

/**
 * Takes the label of the next row out of a file: the bytes from `from` to `to`, which are copied.
 *
 * @param place What errors call it: `the label of line 7`.
 * @throws {CheckpointError} `too-large`, naming the file and the place, for a label beyond a limit of the collector.
 */
export function takeLabel(
  labels: LabelCollector,
  { name }: ByteReader,
  place: () => string,
  bytes: Uint8Array,
  from = 0,
  to = bytes.length,
): void {
  try {
    labels.add(bytes, from, to);
  } catch (error) {
    throw error instanceof LabelLimitError
      ? new CheckpointError('too-large', name, `${place()}: ${error.message}`, { cause: error })
      : error;
  }
}
