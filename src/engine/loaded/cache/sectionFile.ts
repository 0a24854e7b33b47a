import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import {
  CHECKSUM_BLOCK_BYTES,
  createChecksum as createPlainChecksum,
  type CreateChecksum,
} from '../../../core/embedding/checksum';
import { openParsedFile, readExactly } from './parsedFile';
import type { SectionFileHeader, SectionFileKind, SectionInfo } from './sectionHeader';
import { isSameSource, type SourceIdentity } from './sourceIdentity';
import { unusable, type Unusable } from './unusable';

/** What a file must be to be of use. */
export interface ExpectedSectionFile {
  readonly kind: SectionFileKind;
  readonly contentVersion: number;
  readonly source: SourceIdentity;
}

export interface OpenSectionFileOptions {
  /** The default is plain JavaScript. */
  readonly createChecksum?: CreateChecksum | undefined;
}

/** Bytes that are read at once: few enough to be still in the processor's cache when their checksum is computed. */
const PORTION_BYTES = 16_384 * CHECKSUM_BLOCK_BYTES;

/**
 * Opens a section file and checks everything but the checksums of its sections.
 *
 * @returns An open file, to be closed by the caller; or why it is of no use. Never throws for what a file holds.
 */
export async function openSectionFile(
  file: string,
  expected: ExpectedSectionFile,
  { createChecksum = createPlainChecksum }: OpenSectionFileOptions = {},
): Promise<{ readonly kind: 'opened'; readonly file: SectionFile } | Unusable> {
  const opened = await openParsedFile(file);
  if (opened.kind === 'unusable') {
    return opened;
  }
  const { header, handle, firstSection } = opened;
  const mismatch = mismatchOf(header, expected, file);
  if (mismatch !== undefined) {
    await handle.close().catch(() => undefined);
    return mismatch;
  }
  return { kind: 'opened', file: new SectionFile(file, header, firstSection, handle, createChecksum) };
}

/** Reads the header of a section file of any kind. Its sections are not looked at. */
export async function readSectionFileHeader(
  file: string,
): Promise<{ readonly kind: 'header'; readonly header: SectionFileHeader } | Unusable> {
  const opened = await openParsedFile(file);
  if (opened.kind === 'unusable') {
    return opened;
  }
  await opened.handle.close().catch(() => undefined);
  return { kind: 'header', header: opened.header };
}

/**
 * An open section file. It stays the same file when another one is put in its place. Made by {@link openSectionFile}.
 */
export class SectionFile {
  private readonly sections: ReadonlyMap<string, SectionInfo>;
  /** Sections whose bytes were seen to have their checksums. */
  private readonly verified = new Set<string>();

  constructor(
    readonly path: string,
    readonly header: SectionFileHeader,
    /** Where the first section begins, in bytes. */
    private readonly firstSection: number,
    private readonly handle: FileHandle,
    private readonly createChecksum: CreateChecksum,
  ) {
    this.sections = new Map(header.sections.map((section) => [section.name, section]));
  }

  /**
   * Reads some sections and checks their checksums.
   *
   * @param targets Where the bytes of each section go; of the section's length, else the file is of no use. May be views of
   *   shared memory. They hold anything when the result is `unusable`, and when this throws.
   * @returns undefined when all targets hold their sections.
   * @throws The signal's reason when it is aborted; nothing is written into the targets afterwards.
   */
  async readSections(
    targets: ReadonlyMap<string, Uint8Array>,
    signal?: AbortSignal,
  ): Promise<Unusable | undefined> {
    for (const [name, target] of targets) {
      const byteLength = this.sections.get(name)?.byteLength ?? 'no';
      if (byteLength !== target.length) {
        const detail = `its section ${name} has ${byteLength} bytes, not ${target.length}.`;
        return unusable('damaged', this.path, detail);
      }
    }
    // In the order in which they lie on the disk.
    for (const section of this.header.sections) {
      const target = targets.get(section.name);
      const failure =
        target && (await this.readSection(section, (from, to) => target.subarray(from, to), signal));
      if (failure !== undefined) {
        return failure;
      }
    }
    return undefined;
  }

  /**
   * Checks the checksums of some sections, reading them once without keeping them: what {@link readAt} needs beforehand.
   *
   * @returns undefined when all are right.
   * @throws {RangeError} for a section that is not there.
   * @throws The signal's reason when it is aborted.
   */
  async verifySections(names: readonly string[], signal?: AbortSignal): Promise<Unusable | undefined> {
    // One is read into while the checksum of the other is computed.
    const portions = [new Uint8Array(PORTION_BYTES), new Uint8Array(PORTION_BYTES)] as const;
    const portionAt = (from: number, to: number): Uint8Array =>
      portions[(from / PORTION_BYTES) % 2 === 0 ? 0 : 1].subarray(0, to - from);
    for (const name of names) {
      const section = this.section(name);
      const failure = await this.readSection(section, portionAt, signal);
      if (failure !== undefined) {
        return failure;
      }
    }
    return undefined;
  }

  /**
   * Reads a few bytes of a section at once. The section must have been read or verified before: bytes that nobody has checked are
   * never handed out.
   *
   * @param offset Within the section, in bytes.
   * @param target Receives `target.length` bytes. May be a view of shared memory.
   * @returns false when the file cannot be read any more: closed, shortened, or the disk is gone. Then the target holds anything.
   * @throws {RangeError} for bytes outside the section, and for a section that is not there or was not verified.
   */
  readAt(name: string, offset: number, target: Uint8Array): boolean {
    const section = this.section(name);
    if (!this.verified.has(name)) {
      throw new RangeError(`${this.path}: the section ${name} was not verified.`);
    }
    if (!(Number.isSafeInteger(offset) && offset >= 0 && offset + target.length <= section.byteLength)) {
      throw new RangeError(`${this.path}: bytes outside the section ${name}.`);
    }
    const start = this.firstSection + section.byteOffset + offset;
    try {
      for (let done = 0; done < target.length;) {
        const bytesRead = fs.readSync(this.handle.fd, target, done, target.length - done, start + done);
        if (bytesRead === 0) {
          return false;
        }
        done += bytesRead;
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Closes the file, after reads that are under way. May be called again, and never rejects: nothing was written. */
  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }

  private section(name: string): SectionInfo {
    const section = this.sections.get(name);
    if (section === undefined) {
      throw new RangeError(`${this.path}: there is no section ${name}.`);
    }
    return section;
  }

  /** @param portion Where the bytes `from` … `to − 1` of the section go. */
  private async readSection(
    { name, byteOffset, byteLength, checksum: expected }: SectionInfo,
    portion: (from: number, to: number) => Uint8Array,
    signal: AbortSignal | undefined,
  ): Promise<Unusable | undefined> {
    const checksum = this.createChecksum();
    const targetAt = (from: number): Uint8Array => portion(from, Math.min(from + PORTION_BYTES, byteLength));
    const read = (from: number): Promise<Unusable | undefined> =>
      from < byteLength
        ? readExactly(this.handle, targetAt(from), this.firstSection + byteOffset + from, this.path)
        : Promise.resolve(undefined);
    signal?.throwIfAborted();
    // The next portion is read while the checksum of this one is computed.
    let reading = read(0);
    try {
      for (let from = 0; from < byteLength; from += PORTION_BYTES) {
        const failure = await reading;
        if (failure !== undefined) {
          return failure;
        }
        signal?.throwIfAborted();
        reading = read(from + PORTION_BYTES);
        checksum.update(targetAt(from));
      }
    } finally {
      await reading;
    }
    signal?.throwIfAborted();
    if (checksum.digest() !== expected) {
      return unusable('damaged', this.path, `its section ${name} does not have its checksum.`);
    }
    this.verified.add(name);
    return undefined;
  }
}

function mismatchOf(
  header: SectionFileHeader,
  expected: ExpectedSectionFile,
  file: string,
): Unusable | undefined {
  if (header.kind !== expected.kind) {
    return unusable('other-kind', file, `it holds: ${header.kind}, not ${expected.kind}.`);
  }
  if (header.contentVersion !== expected.contentVersion) {
    const versions = `version ${header.contentVersion}, not ${expected.contentVersion}`;
    return unusable('other-version', file, `its content has ${versions}.`);
  }
  return isSameSource(header.source, expected.source)
    ? undefined
    : unusable('other-source', file, 'it was made from another file, or the file has changed since.');
}
