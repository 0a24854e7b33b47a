import { constants } from 'node:fs';
import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { createChecksum as createPlainChecksum, type CreateChecksum } from '../../../core/embedding/checksum';
import { errorCode } from '../../../model/errorCode';
import { removeFile, renamePath } from '../../../model/patientFiles';
import { alignedUp, encodeHeader, type SectionFileHeader, type SectionInfo } from './sectionHeader';

/** What a section file is to hold. */
export interface SectionFileContents extends Omit<SectionFileHeader, 'sections'> {
  /** May be views of shared memory; they must not change until the file is written. */
  readonly sections: ReadonlyMap<string, Uint8Array>;
}

/** A file that could not be written is not an error: the program goes on without it. */
export type WriteOutcome =
  | { readonly kind: 'written'; readonly byteLength: number }
  /** @property reason A sentence for the log, naming the file. */
  | { readonly kind: 'not-written'; readonly reason: string };

export interface WriteSectionFileOptions {
  readonly signal?: AbortSignal | undefined;
  /** The default is plain JavaScript. */
  readonly createChecksum?: CreateChecksum | undefined;
}

/** Ends the names of files that are being written. What stands before is the final name and a random part. */
export const TEMPORARY_SUFFIX = '.tmp';

/** Bytes that are written at once: an abort takes effect between two portions. A multiple of the checksum's blocks. */
const PORTION_BYTES = 4 * 1024 * 1024;

/** Stands in the header's place until all checksums are known: it has their length. */
const NO_CHECKSUM = '0'.repeat(32);

/** A disk that takes no bytes and gives no reason. */
class NothingWritten extends Error {}

/**
 * Writes a section file so that others see either the file that was there before, or the whole new one: it is written under
 * another name in the same folder, brought to the disk, and renamed. The folder is made where it is missing. Nothing is left
 * of a file that could not be completed, unless the process is killed.
 *
 * @returns `not-written` when the system refuses: no permission, no room, or (on Windows) the old file is open somewhere.
 * @throws {RangeError} for contents that no section file may have.
 * @throws The signal's reason when it is aborted.
 */
export async function writeSectionFile(
  file: string,
  contents: SectionFileContents,
  { signal, createChecksum = createPlainChecksum }: WriteSectionFileOptions = {},
): Promise<WriteOutcome> {
  const placed = placeSections(contents);
  const headerLength = encodeHeader(headerOf(contents, placed)).length;
  signal?.throwIfAborted();
  const temporary = `${file}.${crypto.randomUUID()}${TEMPORARY_SUFFIX}`;
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    const handle = await fs.open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644);
    try {
      const checked: SectionInfo[] = [];
      for (const [index, section] of placed.entries()) {
        const position = headerLength + section.byteOffset;
        const bytes = contents.sections.get(section.name) ?? new Uint8Array(0);
        const checksum = await writePortions(handle, bytes, position, createChecksum, signal);
        checked[index] = { ...section, checksum };
      }
      await writeAll(handle, encodeHeader(headerOf(contents, checked)), 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    signal?.throwIfAborted();
    await renamePath(temporary, file, { signal });
    const last = placed.at(-1);
    return {
      kind: 'written',
      byteLength: headerLength + (last === undefined ? 0 : last.byteOffset + last.byteLength),
    };
  } catch (error) {
    await removeFile(temporary).catch(() => undefined);
    signal?.throwIfAborted();
    if (error instanceof NothingWritten || (error instanceof Error && 'errno' in error)) {
      return { kind: 'not-written', reason: `${file}: ${whyNotWritten(error)}` };
    }
    throw error;
  }
}

/** Where each section will lie; checksums are not known yet. */
function placeSections({ sections }: SectionFileContents): SectionInfo[] {
  let end = 0;
  return Array.from(sections, ([name, { byteLength }]) => {
    const byteOffset = alignedUp(end);
    end = byteOffset + byteLength;
    return { name, byteOffset, byteLength, checksum: NO_CHECKSUM };
  });
}

function headerOf(
  { kind, contentVersion, source, scalars }: SectionFileContents,
  sections: readonly SectionInfo[],
): SectionFileHeader {
  return { kind, contentVersion, source, scalars, sections };
}

/** @returns The checksum of the bytes. */
async function writePortions(
  handle: FileHandle,
  bytes: Uint8Array,
  position: number,
  createChecksum: CreateChecksum,
  signal: AbortSignal | undefined,
): Promise<string> {
  const checksum = createChecksum();
  for (let done = 0; done < bytes.length; done += PORTION_BYTES) {
    signal?.throwIfAborted();
    const portion = bytes.subarray(done, done + PORTION_BYTES);
    checksum.update(portion);
    await writeAll(handle, portion, position + done);
  }
  return checksum.digest();
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) {
      throw new NothingWritten();
    }
    done += bytesWritten;
  }
}

function whyNotWritten(error: Error): string {
  const code = errorCode(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
      return `it must not be written, or another program holds it open (${code}).`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `there is no room left on the disk (${code}).`;
    case '':
      return 'the disk takes no more bytes.';
    default:
      return `it cannot be written (${code}).`;
  }
}
