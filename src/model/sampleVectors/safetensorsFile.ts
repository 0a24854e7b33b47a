/** The format's own writers align the data to 8 bytes by padding the header with spaces. */
const ALIGNMENT = 8;

/**
 * A safetensors file in memory with one F32 tensor, whose values are still to be written.
 *
 * @returns The file, and a view of the tensor's bytes in it (little-endian values, row-major).
 */
export function safetensorsFile(
  tensorName: string,
  shape: readonly number[],
  metadata: Readonly<Record<string, string>>,
): { file: Uint8Array; values: DataView } {
  const byteLength = shape.reduce((product, length) => product * length, 4);
  const text = JSON.stringify({
    __metadata__: metadata,
    [tensorName]: { dtype: 'F32', shape, data_offsets: [0, byteLength] },
  });
  const header = new TextEncoder().encode(text);
  const headerLength = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  const dataStart = 8 + headerLength;
  const file = new Uint8Array(dataStart + byteLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, 8, dataStart);
  file.set(header, 8);
  return { file, values: new DataView(file.buffer, dataStart, byteLength) };
}
