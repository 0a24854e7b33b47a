import { plainDrawing } from './plainDrawing';

/** Where a drawing comes from, written into the picture's own place for it, so that it can be reproduced from the file alone. */

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Length, type and checksum of a chunk. */
const CHUNK_OVERHEAD = 12;

/** The header: always the first chunk, with 13 bytes. */
const HEADER_END = PNG_SIGNATURE.length + CHUNK_OVERHEAD + 13;

/**
 * Adds an `iTXt` chunk behind the header of a PNG, with the keyword `Description` (PNG specification 11.3.4.5).
 *
 * @throws {RangeError} when the bytes do not begin as a PNG.
 */
export function describePng(png: Uint8Array, description: string): Uint8Array {
  if (png.length < HEADER_END || PNG_SIGNATURE.some((byte, index) => png[index] !== byte)) {
    throw new RangeError('The picture is no PNG.');
  }
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  // Keyword, end, not compressed, method, no language, no translated keyword.
  const data = concatenate([encode('Description'), new Uint8Array(5), encode(description)]);
  const typed = concatenate([encode('iTXt'), data]);
  const chunk = concatenate([bigEndian(data.length), typed, bigEndian(crc32(typed))]);
  return concatenate([png.subarray(0, HEADER_END), chunk, png.subarray(HEADER_END)]);
}

/**
 * Adds a `<metadata>` element as the first child of an SVG's root.
 *
 * @throws {RangeError} when the text is anything but plain shapes and text, see {@link plainDrawing}.
 */
export function describeSvg(svg: string, description: string): string {
  const { rootEnd } = plainDrawing(svg);
  const escaped = description
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // XML 1.0 has no way to write other controls.
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ');
  return `${svg.slice(0, rootEnd)}<metadata>${escaped}</metadata>${svg.slice(rootEnd)}`;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** CRC-32 of ISO 3309, as PNG's annex D has it. Bit by bit: what is summed here is short. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}
