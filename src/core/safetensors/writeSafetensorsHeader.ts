import { LENGTH_PREFIX_BYTES } from './safetensorsHeader';

/** The format's own writers align the data to 8 bytes by padding the header with spaces. */
const ALIGNMENT = 8;

const BYTES = { F32: 4, F16: 2, BF16: 2, U32: 4, I8: 1, U8: 1 } as const;

/** A tensor to be written. */
export interface NewTensor {
  readonly name: string;
  readonly dtype: keyof typeof BYTES;
  readonly shape: readonly number[];
}

/**
 * What stands before the values in a safetensors file: the length of the header and the header. The values of the tensors follow one
 * after the other, little-endian and row-major, the first at a multiple of 8 bytes.
 *
 * @param length Bytes that it is to take in all, a multiple of 8, for a header that is written behind the values; as few as it can where this is
 *   not given.
 * @throws {RangeError} when that is not enough.
 */
export function writeSafetensorsHeader(
  tensors: readonly NewTensor[],
  metadata: Readonly<Record<string, string>>,
  length?: number,
): Uint8Array {
  const entries: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, dtype, shape } of tensors) {
    const begin = end;
    end += shape.reduce((product, length) => product * length, BYTES[dtype]);
    entries[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  const header = new TextEncoder().encode(JSON.stringify(entries));
  const shortest = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  const headerLength = length === undefined ? shortest : length - LENGTH_PREFIX_BYTES;
  if (headerLength < shortest) {
    throw new RangeError(`a header of ${String(shortest)} bytes does not fit into ${String(headerLength)}`);
  }
  const bytes = new Uint8Array(LENGTH_PREFIX_BYTES + headerLength).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(header, LENGTH_PREFIX_BYTES);
  return bytes;
}
