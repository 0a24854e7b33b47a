import { constants } from 'node:fs';
import fs, { type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { removeFile, removeTree, renamePath } from '../patientFiles';
import { journalLine, journalStart, readJournal } from './downloadJournal';
import type { Chunk, DownloadPlan } from './downloadPlan';
import { FiniteCheck } from './finiteCheck';
import { inStorage, type RepositoryFolder } from './hubStorage';
import { PRIVATE_FILE } from './privateMode';

/** Opens a file; a seam for tests that inject a full disk. */
export type OpenHandle = (file: string, flags: number) => Promise<FileHandle>;

const openHandle: OpenHandle = (file, flags) => fs.open(file, flags, PRIVATE_FILE);

/** Never through a symbolic link. (Windows lacks the flag.) */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it is undefined on Windows
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** Bytes that are compared with the journal at once: nothing else can run meanwhile. */
const VERIFY_BYTES = 1024 * 1024;

/** After this many bytes the system is asked to write to the disk already, so that the last sync is short. */
const SYNC_BYTES = 32 * 1024 * 1024;

/**
 * A file that grows to be the stored one: it has its final size and layout from the start, chunks are written in any order, and
 * a journal says which are finished. Made by {@link openPartialFile}; one process at a time.
 */
export class PartialFile {
  private unsynced = 0;
  private syncing: Promise<void> | undefined;

  constructor(
    readonly path: string,
    readonly plan: DownloadPlan,
    /** Indices of the finished chunks. */
    readonly finished: Set<number>,
    private readonly data: FileHandle,
    private readonly journal: FileHandle,
  ) {}

  /** Bytes of the finished chunks. */
  get bytesFinished(): number {
    return this.plan.chunks.reduce(
      (sum, { index, begin, end }) => (this.finished.has(index) ? sum + end - begin : sum),
      0,
    );
  }

  /** @param position Within the tensor. */
  async write(pieces: readonly Buffer[], position: number): Promise<void> {
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    const start = this.plan.header.length + position;
    await inStorage(this.path, async () => {
      const { bytesWritten } = await this.data.writev(pieces, start);
      if (bytesWritten < bytes) {
        // A nearly full disk takes a part; writing the rest tells why.
        const rest = Buffer.concat(pieces).subarray(bytesWritten);
        await writeAll(this.data, rest, start + bytesWritten);
      }
    });
    this.unsynced += bytes;
    if (this.unsynced >= SYNC_BYTES && this.syncing === undefined) {
      this.unsynced = 0;
      // An error here comes back with the last sync, which is waited for.
      this.syncing = this.data
        .datasync()
        .catch(() => undefined)
        .finally(() => {
          this.syncing = undefined;
        });
    }
  }

  /** Notes a chunk as finished; all of its bytes have been written. */
  async finish(chunk: Chunk, checksum: number): Promise<void> {
    await inStorage(this.path, () => this.journal.appendFile(journalLine(chunk, checksum)));
    this.finished.add(chunk.index);
  }

  /** All bytes on the disk, for good. */
  async sync(): Promise<void> {
    await inStorage(this.path, async () => {
      await this.syncing;
      await this.data.sync();
    });
  }

  async close(): Promise<void> {
    await this.syncing;
    await Promise.all([this.data.close(), this.journal.close()]);
  }
}

export interface OpenPartialOptions {
  readonly signal: AbortSignal;
  readonly open?: OpenHandle | undefined;
  /** Called while chunks of an earlier run are compared with their checksums. */
  readonly onVerified?: (bytes: number) => void;
}

/**
 * Opens the partial file of a plan: continues that of an earlier run where it belongs to the same plan, with the chunks whose
 * bytes have the checksum that the journal says; else starts a new one.
 *
 * @throws {HubError} `disk-full`, `storage`, or `untrusted-content` for values of an earlier run that are not finite.
 */
export async function openPartialFile(
  folder: RepositoryFolder,
  plan: DownloadPlan,
  { signal, open = openHandle, onVerified }: OpenPartialOptions,
): Promise<PartialFile> {
  const { commit, tensor } = plan.located;
  const file = folder.partialFile(commit);
  const journalFile = folder.journalFile(commit);
  const earlier = await readJournal(journalFile);
  const checksums = earlier?.identity === plan.identity ? earlier.checksums : undefined;
  return inStorage(file, async () => {
    const data = await open(file, constants.O_RDWR | constants.O_CREAT | NO_FOLLOW);
    let journal: FileHandle | undefined;
    try {
      const size = plan.header.length + tensor.byteLength;
      const stats = await data.stat();
      const isContinued = checksums !== undefined && stats.isFile() && stats.size === size;
      if (!isContinued) {
        // The old journal first: it must never stand beside bytes that are not its own.
        await removeTree(journalFile, { signal });
        await data.truncate(0);
        await data.truncate(size);
      }
      await writeAll(data, plan.header, 0);
      const verified = isContinued
        ? await verify(data, plan, checksums, signal, onVerified)
        : new Map<number, number>();
      journal = await renewJournal(journalFile, plan, verified, open);
      return new PartialFile(file, plan, new Set(verified.keys()), data, journal);
    } catch (error) {
      await data.close();
      await journal?.close();
      throw error;
    }
  });
}

/** Which chunks have the bytes that the journal claims. */
async function verify(
  data: FileHandle,
  plan: DownloadPlan,
  checksums: ReadonlyMap<number, number>,
  signal: AbortSignal,
  onVerified: ((bytes: number) => void) | undefined,
): Promise<Map<number, number>> {
  const verified = new Map<number, number>();
  const buffer = Buffer.allocUnsafe(Math.min(VERIFY_BYTES, plan.chunkBytes));
  let bytesVerified = 0;
  for (const chunk of plan.chunks) {
    const expected = checksums.get(chunk.index);
    if (expected === undefined) {
      continue;
    }
    const finite = new FiniteCheck(plan.located.shape.dtype);
    let checksum = 0;
    let isFinite = true;
    for (let position = chunk.begin; position < chunk.end;) {
      signal.throwIfAborted();
      const length = Math.min(buffer.length, chunk.end - position);
      const { bytesRead } = await data.read(buffer, 0, length, plan.header.length + position);
      if (bytesRead === 0) {
        break;
      }
      const bytes = buffer.subarray(0, bytesRead);
      checksum = crc32(bytes, checksum);
      isFinite &&= finite.add(bytes);
      position += bytesRead;
    }
    if (checksum === expected && isFinite) {
      verified.set(chunk.index, checksum);
      bytesVerified += chunk.end - chunk.begin;
      onVerified?.(bytesVerified);
    }
  }
  return verified;
}

/** A journal of exactly the verified chunks: no torn line stays, and new ones can be appended. */
async function renewJournal(
  file: string,
  plan: DownloadPlan,
  verified: ReadonlyMap<number, number>,
  open: OpenHandle,
): Promise<FileHandle> {
  const lines = plan.chunks.map((chunk) => {
    const checksum = verified.get(chunk.index);
    return checksum === undefined ? '' : journalLine(chunk, checksum);
  });
  const temporary = `${file}.new`;
  await removeFile(temporary);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;
  const journal = await open(temporary, flags);
  try {
    await journal.appendFile(journalStart(plan) + lines.join(''));
    await renamePath(temporary, file);
    return journal;
  } catch (error) {
    await journal.close();
    throw error;
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
