import { CheckpointError } from './checkpointError';
import type { TensorEntry } from './headerParser';
import { quoted } from './jsonScanner';
import { dtypeBits } from './tensorDtype';

/**
 * Checks that the tensors' bytes fit their dtypes and shapes and cover the data section exactly: from its first byte to its
 * last, without holes or overlaps.
 *
 * @param dataSize Bytes behind the header.
 * @param source What errors call the file.
 * @returns The entries in the order of their bytes.
 * @throws {CheckpointError} `malformed`, or `truncated` when the file ends before the last tensor does.
 */
export function checkTensorLayout(
  entries: readonly TensorEntry[],
  dataSize: number,
  source: string,
): readonly TensorEntry[] {
  const ordered = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let expectedBegin = 0;
  for (const entry of ordered) {
    checkByteLength(entry, source);
    if (entry.begin !== expectedBegin) {
      const fault = entry.begin < expectedBegin ? 'overlaps the tensor before it' : 'leaves a hole before it';
      throw new CheckpointError(
        'malformed',
        source,
        `tensor ${quoted(entry.name)} ${fault}: it begins at ${String(entry.begin)}, ` +
          `expected ${String(expectedBegin)}.`,
      );
    }
    expectedBegin = entry.end;
  }
  if (expectedBegin > dataSize) {
    throw new CheckpointError(
      'truncated',
      source,
      `the tensors take ${String(expectedBegin)} bytes, but only ${String(dataSize)} follow the header. ` +
        'The file is incomplete.',
    );
  }
  if (expectedBegin < dataSize) {
    throw new CheckpointError(
      'malformed',
      source,
      `${String(dataSize - expectedBegin)} bytes follow the last tensor.`,
    );
  }
  return ordered;
}

function checkByteLength({ name, dtype, shape, begin, end }: TensorEntry, source: string): void {
  const tensor = `tensor ${quoted(name)}`;
  if (end < begin) {
    throw new CheckpointError('malformed', source, `${tensor} ends before it begins.`);
  }
  const bits = elementCount(shape) * dtypeBits(dtype);
  if (!Number.isSafeInteger(bits)) {
    throw new CheckpointError('malformed', source, `the shape [${shape.join(', ')}] of ${tensor} overflows.`);
  }
  if (bits % 8 !== 0) {
    throw new CheckpointError('malformed', source, `${tensor} does not fill whole bytes.`);
  }
  if (end - begin !== bits / 8) {
    throw new CheckpointError(
      'malformed',
      source,
      `${tensor} has ${String(end - begin)} bytes, but ${dtype} [${shape.join(', ')}] takes ${String(bits / 8)}.`,
    );
  }
}

/** Product of a shape; NaN or beyond the safe integers when it overflows, even where a later axis is 0. */
function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const length of shape) {
    if (!Number.isSafeInteger(count)) {
      return Number.NaN;
    }
    count *= length;
  }
  return count;
}
