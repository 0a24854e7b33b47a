/** True where typed arrays have the byte order of the files, which is everywhere JavaScript engines are common. */
const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The little-endian bytes of some values: where the host has that order, a view of them. */
export function float32Bytes(values: Float32Array): Uint8Array {
  if (HOST_IS_LITTLE_ENDIAN) {
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, index) => {
    view.setFloat32(4 * index, value, true);
  });
  return new Uint8Array(view.buffer);
}
