/** The memory of an array and nothing beside it, as a message carries it: the array's own where that holds no more. */
export function wholeBuffer({
  buffer,
  byteOffset,
  byteLength,
}: Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): ArrayBuffer {
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}
