import { LENGTH_PREFIX_BYTES } from './safetensorsHeader';

/** The format's own writers align the data to 8 bytes by padding the header with spaces. */
const ALIGNMENT = 8;

/** A tensor to be written. */
export interface NewTensor {
  readonly name: string;
  readonly dtype: 'F32' | 'I8' | 'U8';
  readonly shape: readonly number[];
}

const BYTES = { F32: 4, I8: 1, U8: 1 } as const;

/**
 * What stands before the values in a safetensors file: the length of the header and the header. The values of the tensors follow one
 * after the other, little-endian and row-major, the first at a multiple of 8 bytes.
 */
export function writeSafetensorsHeader(
  tensors: readonly NewTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, dtype, shape } of tensors) {
    const begin = end;
    end += shape.reduce((product, length) => product * length, BYTES[dtype]);
    entries[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  const header = new TextEncoder().encode(JSON.stringify(entries));
  const headerLength = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_PREFIX_BYTES + headerLength).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(header, LENGTH_PREFIX_BYTES);
  return bytes;
}
