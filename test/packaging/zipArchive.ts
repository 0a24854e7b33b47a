import { inflateRawSync } from 'node:zlib';

/** Signatures and sizes of the records of a ZIP file (APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.16). */
const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * Reads a whole ZIP file. An independent reader, so that the tests see what is in a package and not what its writer says.
 *
 * @returns the contents by path, folders left out.
 * @throws {Error} when the bytes are no ZIP file, or one with features that packages do not use.
 */
export function readZip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_SIZE > bytes.length || bytes.readUInt32LE(end) !== END_SIGNATURE) {
    throw new Error('No ZIP file: the end record is missing.');
  }
  const entryCount = bytes.readUInt16LE(end + 10);
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < entryCount; index++) {
    if (bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw new Error(`Entry ${index} of the ZIP file has a wrong signature.`);
    }
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength);
    if (!name.endsWith('/')) {
      files.set(name, readEntry(bytes, at, name));
    }
    at += ENTRY_SIZE + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

function readEntry(bytes: Buffer, at: number, name: string): Buffer {
  const method = bytes.readUInt16LE(at + 10);
  const compressedSize = bytes.readUInt32LE(at + 20);
  const size = bytes.readUInt32LE(at + 24);
  const local = bytes.readUInt32LE(at + 42);
  const start = local + LOCAL_SIZE + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const stored = bytes.subarray(start, start + compressedSize);
  if (method !== STORED && method !== DEFLATED) {
    throw new Error(`${name}: compression method ${method} is not known.`);
  }
  const content = method === STORED ? stored : inflateRawSync(stored);
  if (content.length !== size) {
    throw new Error(`${name} has ${content.length} bytes instead of ${size}.`);
  }
  return content;
}
