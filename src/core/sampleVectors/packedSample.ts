import { CheckpointError } from '../safetensors/checkpointError';
import { MemoryByteReader } from '../safetensors/memoryByteReader';
import { readSafetensorsHeader, type SafetensorsHeader } from '../safetensors/safetensorsHeader';

/** Codes that are not negative: all have a level, so that none need be looked for that has not. */
const CODES = 128;

/**
 * What the file of the sample vectors holds. It is a safetensors file in raw deflate, with the tensors
 *
 * - `meaning`, I8, columns × rows: each value's code, column after column (so the weak columns compress best)
 * - `row`, U8, 2 × tokens: by token id 0 for the next row that no token before it has, else 1 + the row; low bytes, then high bytes
 * - `form`, U8, tokens: see {@link FORM_BITS}
 *
 * and in its metadata `levels`: what the codes 0 to 127 stand for, with commas between. −n stands for −levels[n].
 */
export interface PackedSample {
  readonly tokenCount: number;
  readonly rowCount: number;
  readonly columns: number;
  readonly codes: Int8Array;
  /** By token id. */
  readonly rows: Uint16Array;
  readonly forms: Uint8Array;
  readonly levels: Float32Array;
}

/**
 * Reads what was unpacked.
 *
 * @param name What errors call the bytes.
 * @throws {CheckpointError} when they are another file.
 */
export async function readPackedSample(name: string, bytes: Uint8Array): Promise<PackedSample> {
  const header = await readSafetensorsHeader(new MemoryByteReader(name, bytes));
  const [columns, rowCount] = shapeOf(header, 'meaning', name);
  const [, tokenCount] = shapeOf(header, 'row', name);
  const levels = Float32Array.from(header.metadata.get('levels')?.split(',') ?? [], Number);
  const codes = bytesOf(header, 'meaning', bytes);
  const forms = bytesOf(header, 'form', bytes);
  const rows = readRows(bytesOf(header, 'row', bytes), tokenCount, rowCount);
  if (forms.length !== tokenCount || levels.length !== CODES || rows === undefined) {
    throw malformed(name);
  }
  return {
    tokenCount,
    rowCount,
    columns,
    codes: new Int8Array(codes.buffer, codes.byteOffset, codes.length),
    rows,
    forms,
    levels,
  };
}

/** @returns undefined where one is not there. */
function readRows(planes: Uint8Array, tokenCount: number, rowCount: number): Uint16Array | undefined {
  const rows = new Uint16Array(tokenCount);
  let next = 0;
  for (let id = 0; id < tokenCount; id++) {
    const code = planes[id] + 256 * planes[tokenCount + id];
    const row = code === 0 ? next++ : code - 1;
    // Also where the planes are shorter than they should be: then it is not a number.
    if (!(row < rowCount)) {
      return undefined;
    }
    rows[id] = row;
  }
  return rows;
}

function shapeOf(header: SafetensorsHeader, tensor: string, name: string): readonly [number, number] {
  const shape = header.tensors.get(tensor)?.shape ?? [];
  if (shape.length !== 2) {
    throw malformed(name);
  }
  return [shape[0], shape[1]];
}

function bytesOf(header: SafetensorsHeader, tensor: string, bytes: Uint8Array): Uint8Array {
  const { byteOffset = 0, byteLength = 0 } = header.tensors.get(tensor) ?? {};
  return bytes.subarray(byteOffset, byteOffset + byteLength);
}

function malformed(name: string): CheckpointError {
  return new CheckpointError(
    'malformed',
    name,
    'it is not the file of the sample vectors that belongs to this program.',
  );
}
