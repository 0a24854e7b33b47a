import { CHECKSUM_PATTERN, createChecksum } from '../../../core/embedding/checksum';
import { parseSourceIdentity, type SourceIdentity } from './sourceIdentity';
import { unusable, type Unusable } from './unusable';

/*
 * A section file holds named runs of bytes, and says itself what they are. Numbers are little-endian.
 *
 *   byte  0   magic, 8 bytes
 *         8   format version, unsigned, 32 bits
 *        12   length L of the JSON in bytes, unsigned, 32 bits
 *        16   checksum of the bytes 0 … S − 1 with zeros in this place: 32 hexadecimal digits, ASCII
 *        48   zeros
 *        64   header: JSON, UTF-8, L bytes
 *    64 + L   zeros up to S, the next multiple of 64
 *         S   the sections in the order of the header, each beginning at the next multiple of 64
 *
 * The file ends with the last byte of the last section. The checksum is that of src/core/embedding/checksum.ts.
 */

export type SectionFileKind = 'embedding-index' | 'neighbor-graph' | 'vocabulary-layout';

export interface SectionInfo {
  readonly name: string;
  /** From the start of the first section (S above): a multiple of 64. */
  readonly byteOffset: number;
  readonly byteLength: number;
  /** 32 hexadecimal digits. */
  readonly checksum: string;
}

export interface SectionFileHeader {
  readonly kind: SectionFileKind;
  /** Version of what the sections mean, counted by those who write them. */
  readonly contentVersion: number;
  readonly source: SourceIdentity;
  /** Finite numbers. */
  readonly scalars: Readonly<Record<string, number>>;
  readonly sections: readonly SectionInfo[];
}

/** The first eight bytes. The first is no ASCII and the last a line feed, so that a transfer as text would be seen. */
const MAGIC = Uint8Array.of(0x89, 0x54, 0x6b, 0x53, 0x65, 0x63, 0x74, 0x0a);

const FORMAT_VERSION = 1;

const VERSION_OFFSET = 8;
const LENGTH_OFFSET = 12;
const CHECKSUM_OFFSET = 16;
const CHECKSUM_LENGTH = 32;

/** Bytes before the JSON. */
export const PREFIX_BYTES = 64;

/** Sections begin at multiples of this: a cache line, and more than any typed array or SIMD register asks for. */
export const SECTION_ALIGNMENT = 64;

/** Most bytes of the JSON. A real one has about 2 KB; the longest path and the most sections still fit. */
const MAX_HEADER_BYTES = 1024 * 1024;

/** Most sections. An index has eight. */
const MAX_SECTIONS = 64;

/** Most scalars. An index has a handful. */
const MAX_SCALARS = 256;

/** Names of sections and scalars: identifiers of the program, of at most 64 characters. */
const NAME_PATTERN = /^[A-Za-z][A-Za-z0-9.-]{0,63}$/;

const KINDS: readonly SectionFileKind[] = ['embedding-index', 'neighbor-graph', 'vocabulary-layout'];

export function alignedUp(byteLength: number): number {
  return Math.ceil(byteLength / SECTION_ALIGNMENT) * SECTION_ALIGNMENT;
}

/**
 * The bytes from the start of the file to the first section.
 *
 * @throws {RangeError} for a header that {@link parseHeader} would refuse: a mistake of the caller.
 */
export function encodeHeader(header: SectionFileHeader): Uint8Array {
  const parsed = parseHeaderFields(header);
  if (typeof parsed === 'string') {
    throw new RangeError(`This cannot be a section file: ${parsed}`);
  }
  const json = new TextEncoder().encode(JSON.stringify(parsed));
  if (json.length > MAX_HEADER_BYTES) {
    throw new RangeError(`This cannot be a section file: its header would have ${json.length} bytes.`);
  }
  const bytes = new Uint8Array(alignedUp(PREFIX_BYTES + json.length));
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(VERSION_OFFSET, FORMAT_VERSION, true);
  view.setUint32(LENGTH_OFFSET, json.length, true);
  bytes.set(json, PREFIX_BYTES);
  bytes.set(new TextEncoder().encode(checksumOf(bytes)), CHECKSUM_OFFSET);
  return bytes;
}

/**
 * How many bytes there are from the start of the file to the first section.
 *
 * @param prefix The first {@link PREFIX_BYTES} bytes.
 * @param fileSize In bytes.
 * @param file What reasons call the file.
 * @returns At most 1 MB, and no more than the file has.
 */
export function headerRegionLength(prefix: Uint8Array, fileSize: number, file: string): number | Unusable {
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  if (MAGIC.some((byte, index) => prefix[index] !== byte)) {
    return unusable('damaged', file, 'it is no section file.');
  }
  const version = view.getUint32(VERSION_OFFSET, true);
  if (version !== FORMAT_VERSION) {
    return unusable('other-version', file, `it has version ${version} of the format.`);
  }
  const length = view.getUint32(LENGTH_OFFSET, true);
  if (length > MAX_HEADER_BYTES) {
    return unusable('damaged', file, `its header would have ${length} bytes.`);
  }
  const end = alignedUp(PREFIX_BYTES + length);
  return end <= fileSize ? end : unusable('damaged', file, 'it ends within its header.');
}

/**
 * @param region All bytes before the first section, as long as {@link headerRegionLength} said; their checksum is set to zero.
 * @param fileSize In bytes.
 * @param file What reasons call the file.
 */
export function parseHeader(
  region: Uint8Array,
  fileSize: number,
  file: string,
): SectionFileHeader | Unusable {
  const damaged = (detail: string): Unusable => unusable('damaged', file, detail);
  const field = region.subarray(CHECKSUM_OFFSET, CHECKSUM_OFFSET + CHECKSUM_LENGTH);
  const checksum = new TextDecoder().decode(field);
  field.fill(0);
  if (checksumOf(region) !== checksum) {
    return damaged('its header does not have its checksum.');
  }
  const length = new DataView(region.buffer, region.byteOffset).getUint32(LENGTH_OFFSET, true);
  let json: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    json = JSON.parse(text.decode(region.subarray(PREFIX_BYTES, PREFIX_BYTES + length)));
  } catch {
    return damaged('its header is no JSON.');
  }
  const header = parseHeaderFields(json);
  if (typeof header === 'string') {
    return damaged(header);
  }
  const last = header.sections.at(-1);
  const size = region.length + (last === undefined ? 0 : last.byteOffset + last.byteLength);
  return size === fileSize ? header : damaged(`it has ${fileSize} bytes, not ${size}.`);
}

/** The header, or what is wrong with it. */
function parseHeaderFields(value: unknown): SectionFileHeader | string {
  if (typeof value !== 'object' || value === null) {
    return 'its header is no object.';
  }
  const fields = value as Partial<Record<keyof SectionFileHeader, unknown>>;
  const kind = KINDS.find((known) => known === fields.kind);
  const { contentVersion } = fields;
  if (kind === undefined || !isCount(contentVersion)) {
    return 'its header names no known kind and version.';
  }
  const source = parseSourceIdentity(fields.source);
  if (source === undefined) {
    return 'its header does not say what it was made from.';
  }
  const scalars = parseScalars(fields.scalars);
  const sections = parseSections(fields.sections);
  if (typeof scalars === 'string') {
    return scalars;
  }
  return typeof sections === 'string' ? sections : { kind, contentVersion, source, scalars, sections };
}

function parseScalars(value: unknown): Readonly<Record<string, number>> | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'its scalars are no object.';
  }
  const entries: (readonly [string, number])[] = [];
  for (const [name, scalar] of Object.entries(value as Record<string, unknown>)) {
    if (!NAME_PATTERN.test(name) || typeof scalar !== 'number' || !Number.isFinite(scalar)) {
      return 'one of its scalars is no finite number with a name.';
    }
    entries.push([name, scalar]);
  }
  return entries.length <= MAX_SCALARS ? Object.fromEntries(entries) : 'it has too many scalars.';
}

function parseSections(value: unknown): readonly SectionInfo[] | string {
  if (!Array.isArray(value) || value.length > MAX_SECTIONS) {
    return 'its sections are no list, or too many.';
  }
  const sections: SectionInfo[] = [];
  let end = 0;
  for (const entry of value as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null) {
      return 'one of its sections is no object.';
    }
    const { name, byteOffset, byteLength, checksum } = entry as Partial<Record<keyof SectionInfo, unknown>>;
    if (
      typeof name !== 'string' ||
      !NAME_PATTERN.test(name) ||
      sections.some((other) => other.name === name)
    ) {
      return 'one of its sections has no name, or that of another.';
    }
    // Each has one right place: so none overlap, and none leave a hole.
    if (
      !isCount(byteLength) ||
      byteOffset !== alignedUp(end) ||
      !Number.isSafeInteger(byteOffset + byteLength)
    ) {
      return `its section ${name} has a wrong place or length.`;
    }
    if (typeof checksum !== 'string' || !CHECKSUM_PATTERN.test(checksum)) {
      return `its section ${name} has no checksum.`;
    }
    sections.push({ name, byteOffset, byteLength, checksum });
    end = byteOffset + byteLength;
  }
  return sections;
}

function checksumOf(bytes: Uint8Array): string {
  const checksum = createChecksum();
  checksum.update(bytes);
  return checksum.digest();
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
