import type { ByteReader } from '../safetensors/byteReader';
import { CheckpointError } from '../safetensors/checkpointError';
import { quoted } from '../safetensors/jsonScanner';
import { ByteWindow } from './byteWindow';
import { float32Bytes } from './float32Bytes';
import { readNpyHeader } from './npyHeader';
import { MAX_DIMENSION, rowsOfBatch, type RowBatch, type VectorRows } from './vectorRows';

/** Bytes of an element, by its type. */
const ELEMENT_BYTES: ReadonlyMap<string, number> = new Map([
  ['<f2', 2],
  ['<f4', 4],
  ['<f8', 8],
]);

/**
 * Opens a `.npy` file that holds a matrix of floating-point numbers in C order. Double precision is rounded to single.
 *
 * @throws {CheckpointError} saying what the array is instead.
 */
export async function openNpyRows(reader: ByteReader, signal?: AbortSignal): Promise<VectorRows> {
  const { descr, isFortranOrder, shape, byteOffset } = await readNpyHeader(reader, signal);
  const found = `it holds an array ${quoted(descr)} of the shape (${shape.join(', ')})`;
  const unsupported = (detail: string): CheckpointError =>
    new CheckpointError('unsupported', reader.name, `${found}${detail}`);
  const elementBytes = ELEMENT_BYTES.get(descr);
  const [rowCount, dimension] = shape;
  if (shape.length !== 2) {
    throw unsupported('; a matrix has two axes.');
  }
  if (elementBytes === undefined) {
    throw unsupported('; Tokenscope reads "<f4", "<f2" and "<f8", little-endian floating-point numbers.');
  }
  if (rowCount === 0 || dimension === 0) {
    throw unsupported(': it is empty.');
  }
  if (dimension > MAX_DIMENSION) {
    throw unsupported(`; a row has at most ${String(MAX_DIMENSION)} values.`);
  }
  if (isFortranOrder && rowCount > 1 && dimension > 1) {
    throw unsupported(', column by column (Fortran order). Save it with numpy.ascontiguousarray(…).');
  }
  const size = await reader.size();
  const needed = byteOffset + rowCount * dimension * elementBytes;
  if (needed !== size) {
    throw new CheckpointError(
      needed > size ? 'truncated' : 'malformed',
      reader.name,
      `${found}, which takes ${String(needed)} bytes with the header; the file has ${String(size)}.`,
    );
  }
  return {
    format: 'NumPy array',
    dimension,
    dtype: elementBytes === 2 ? 'F16' : 'F32',
    rowCount,
    labelKind: 'words',
    batches: (_labels, given) => batchesOf(reader, { rowCount, dimension, elementBytes, byteOffset }, given),
  };
}

interface Layout {
  readonly rowCount: number;
  readonly dimension: number;
  readonly elementBytes: number;
  readonly byteOffset: number;
}

async function* batchesOf(
  reader: ByteReader,
  { rowCount, dimension, elementBytes, byteOffset }: Layout,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowBatch, void, undefined> {
  const window = await ByteWindow.open(reader, byteOffset, signal);
  const rowBytes = dimension * elementBytes;
  const rowsAtOnce = rowsOfBatch(dimension, elementBytes);
  for (let row = 0; row < rowCount; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, rowCount - row);
    const length = rows * rowBytes;
    await window.need(length, () => `row ${String(row)}`);
    const stored = window.bytes.subarray(window.start, window.start + length);
    window.start += length;
    const bytes = elementBytes === 8 ? float32Bytes(roundedDoubles(stored)) : stored;
    yield { bytes, rows, fraction: window.offset / window.size };
  }
}

function roundedDoubles(stored: Uint8Array): Float32Array {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  const values = new Float32Array(stored.length / 8);
  for (let index = 0; index < values.length; index++) {
    values[index] = view.getFloat64(8 * index, true);
  }
  return values;
}
