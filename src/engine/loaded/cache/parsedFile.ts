import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { errorCode } from '../../../model/errorCode';
import { headerRegionLength, parseHeader, PREFIX_BYTES, type SectionFileHeader } from './sectionHeader';
import { unusable, type Unusable } from './unusable';

/** An open section file whose header is right. */
export interface ParsedFile {
  readonly kind: 'parsed';
  readonly header: SectionFileHeader;
  /** Where the first section begins, in bytes. */
  readonly firstSection: number;
  /** To be closed by the caller. */
  readonly handle: FileHandle;
}

/** Opens a file; it stays open only when its header is right. */
export async function openParsedFile(file: string): Promise<ParsedFile | Unusable> {
  let handle: FileHandle;
  try {
    // Opening a pipe must not wait for its other end. (Windows lacks the flag; undefined counts as 0.)
    handle = await fs.promises.open(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  } catch (error) {
    return systemFailure(error, file);
  }
  const parsed = await parseOpened(handle, file);
  if (parsed.kind === 'unusable') {
    await handle.close().catch(() => undefined);
  }
  return parsed;
}

async function parseOpened(handle: FileHandle, file: string): Promise<ParsedFile | Unusable> {
  let size: number;
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) {
      return unusable('unreadable', file, 'this is no regular file.');
    }
    ({ size } = stats);
  } catch (error) {
    return systemFailure(error, file);
  }
  if (size < PREFIX_BYTES) {
    return unusable('damaged', file, 'it is too short for a section file.');
  }
  const prefix = new Uint8Array(PREFIX_BYTES);
  const prefixFailure = await readExactly(handle, prefix, 0, file);
  if (prefixFailure !== undefined) {
    return prefixFailure;
  }
  const firstSection = headerRegionLength(prefix, size, file);
  if (typeof firstSection !== 'number') {
    return firstSection;
  }
  const region = new Uint8Array(firstSection);
  const regionFailure = await readExactly(handle, region, 0, file);
  if (regionFailure !== undefined) {
    return regionFailure;
  }
  // Both were read from the file, which may have changed in between; parsing looks at the second only.
  const second = headerRegionLength(region, size, file);
  if (second !== firstSection) {
    return typeof second === 'number' ? unusable('damaged', file, 'it changed while it was read.') : second;
  }
  const header = parseHeader(region, size, file);
  return 'cause' in header ? header : { kind: 'parsed', header, firstSection, handle };
}

/** Fills a target from a position of a file. */
export async function readExactly(
  handle: FileHandle,
  target: Uint8Array,
  position: number,
  file: string,
): Promise<Unusable | undefined> {
  try {
    for (let done = 0; done < target.length;) {
      const { bytesRead } = await handle.read(target, done, target.length - done, position + done);
      if (bytesRead === 0) {
        return unusable('damaged', file, 'it was shortened while it was read.');
      }
      done += bytesRead;
    }
    return undefined;
  } catch (error) {
    return systemFailure(error, file);
  }
}

function systemFailure(error: unknown, file: string): Unusable {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? unusable('absent', file, 'there is no such file.')
    : unusable('unreadable', file, `it cannot be read (${code === '' ? String(error) : code}).`);
}
