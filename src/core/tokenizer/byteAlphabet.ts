/** Single-byte tokens: ids 0 to 255. */
export const BYTE_TOKEN_COUNT = 256;

/**
 * The byte of each single-byte token, by id. GPT-2 numbers first the bytes that are visible characters in Latin-1
 * (`!` to `~`, `¡` to `¬`, `®` to `ÿ`), then all others, each group in ascending order.
 *
 * Source: `bytes_to_unicode` in openai/gpt-2, `src/encoder.py`.
 *
 * @returns 256 bytes, each value once.
 */
export function bytesInTokenOrder(): Uint8Array {
  const bytes = new Uint8Array(BYTE_TOKEN_COUNT);
  let count = 0;
  for (const visible of [true, false]) {
    for (let byte = 0; byte < BYTE_TOKEN_COUNT; byte++) {
      if (isVisibleInLatin1(byte) === visible) {
        bytes[count++] = byte;
      }
    }
  }
  return bytes;
}

/**
 * The inverse of {@link bytesInTokenOrder}.
 *
 * @returns The id (0 to 255) of each byte's own token, by byte.
 */
export function byteTokenIds(): Uint8Array {
  const ids = new Uint8Array(BYTE_TOKEN_COUNT);
  bytesInTokenOrder().forEach((byte, id) => {
    ids[byte] = id;
  });
  return ids;
}

function isVisibleInLatin1(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
}
