import type { ByteReader, PositionedReader } from '../core/safetensors/byteReader';
import { decodeBfloat16Into, decodeFloat16Into, decodeFloat32Into } from '../core/safetensors/decodeFloats';
import type { EmbeddingShape } from './embeddingTensor';

const ELEMENT_BYTES = { F32: 4, F16: 2, BF16: 2 } as const;

/**
 * Reads whole rows of a matrix into `target` as single precision.
 *
 * The stored bytes are read into the last part of the target's own memory and decoded from front to back, which never
 * overtakes what is still to be read: value i is written at bytes 4i … 4i+3, and the next one to be read begins at byte
 * 4n − 2n + 2(i+1) or later. So there is no second buffer, and F32 on a little-endian host is not even copied.
 *
 * @param byteOffset Position of the matrix in the source.
 * @throws {RangeError} when the target is not whole rows, or the rows do not exist.
 */
export async function readRowsInto(
  reader: ByteReader,
  byteOffset: number,
  { dtype, rowCount, dimension }: EmbeddingShape,
  firstRow: number,
  target: Float32Array,
  signal?: AbortSignal,
): Promise<void> {
  const rows = target.length / dimension;
  if (!Number.isInteger(rows)) {
    throw new RangeError(`${String(target.length)} values are not whole rows of ${String(dimension)}`);
  }
  if (!Number.isInteger(firstRow) || firstRow < 0 || firstRow + rows > rowCount) {
    const last = firstRow + rows - 1;
    throw new RangeError(`rows ${String(firstRow)} to ${String(last)} of ${String(rowCount)} do not exist`);
  }
  const elementBytes = ELEMENT_BYTES[dtype];
  const stored = storedPart(target, dtype);
  await reader.read(byteOffset + firstRow * dimension * elementBytes, stored, signal);
  decodeInto(stored, target, dtype);
}

/**
 * Copies some rows, at once. Rows that follow each other in `ids` and in the matrix are read in one go.
 *
 * @param target Row-major, `ids.length` rows, as single precision.
 */
export function copyRowsInto(
  reader: PositionedReader,
  byteOffset: number,
  { dtype, dimension }: EmbeddingShape,
  ids: Uint32Array,
  target: Float32Array,
): void {
  const rowBytes = dimension * ELEMENT_BYTES[dtype];
  for (let first = 0; first < ids.length;) {
    const firstRow = ids[first] ?? 0;
    let end = first + 1;
    while (end < ids.length && ids[end] === firstRow + end - first) {
      end++;
    }
    const run = target.subarray(first * dimension, end * dimension);
    const stored = storedPart(run, dtype);
    reader.readSync(byteOffset + firstRow * rowBytes, stored);
    decodeInto(stored, run, dtype);
    first = end;
  }
}

/** The last part of the target's own memory, as large as the stored values are. */
function storedPart(target: Float32Array, dtype: EmbeddingShape['dtype']): Uint8Array {
  const elementBytes = ELEMENT_BYTES[dtype];
  return new Uint8Array(
    target.buffer,
    target.byteOffset + target.length * (4 - elementBytes),
    target.length * elementBytes,
  );
}

function decodeInto(stored: Uint8Array, target: Float32Array, dtype: EmbeddingShape['dtype']): void {
  if (dtype === 'F32') {
    decodeFloat32Into(stored, target);
  } else if (dtype === 'F16') {
    decodeFloat16Into(stored, target);
  } else {
    decodeBfloat16Into(stored, target);
  }
}
