import type { Stats } from 'node:fs';
import fs from 'node:fs';
import type { PositionedReader } from '../core/safetensors/byteReader';
import { CheckpointError } from '../core/safetensors/checkpointError';

/**
 * Most bytes of one request to the operating system. An abort takes effect between requests; more than 2 GiB cannot be asked
 * for at once on all systems.
 */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** The part of Node's `FileHandle` that a reader uses. */
export interface OpenedFile {
  stat(): Promise<Stats>;
  read(target: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  close(): Promise<void>;
  /** The operating system's number of it, for reads that cannot wait. */
  readonly fd: number;
}

/** Opens a file for reading; tests put their own in front of Node's. */
export type OpenFile = (path: string, flags: number) => Promise<OpenedFile>;

/**
 * Opens a regular file for reading by position. Symbolic links are followed, as the Hugging Face cache is made of them.
 *
 * @throws {CheckpointError} `not-found`, or `unreadable` for a folder, pipe or device and when the system refuses.
 */
export async function openFileByteReader(
  path: string,
  open: OpenFile = fs.promises.open,
): Promise<FileByteReader> {
  // Opening a pipe or device can hang or have effects, so the path is examined first. It may be exchanged in between:
  // O_NONBLOCK keeps even that from hanging, and what was opened is examined again.
  const named = await statPath(path);
  requireRegularFile(named, path);
  // (Windows lacks the flag; undefined counts as 0.)
  const flags = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    const stats = await file.stat();
    requireRegularFile(stats, path);
    return new FileByteReader(path, file, named, stats.size);
  } catch (error) {
    await file.close();
    throw fileError(error, path);
  }
}

/** One open file as a {@link PositionedReader}. Made by {@link openFileByteReader}. */
export class FileByteReader implements PositionedReader {
  constructor(
    /** The file's path. */
    readonly name: string,
    private readonly file: OpenedFile,
    /**
     * What was at the path just before it was opened. Only what was asked by path as well is compared with it: of an open file Windows tells
     * another `dev` in some versions of Node.
     */
    private readonly named: Stats,
    /** Of the open file, in bytes. */
    private readonly byteLength: number,
  ) {}

  async size(): Promise<number> {
    return Promise.resolve(this.byteLength);
  }

  async read(offset: number, target: Uint8Array, signal?: AbortSignal): Promise<void> {
    let done = 0;
    while (done < target.length) {
      signal?.throwIfAborted();
      const length = Math.min(target.length - done, MAX_REQUEST_BYTES);
      const { bytesRead } = await this.readSome(target, done, length, offset + done);
      if (bytesRead === 0) {
        throw this.endsEarly(offset + done, offset + target.length);
      }
      done += bytesRead;
    }
    signal?.throwIfAborted();
  }

  readSync(offset: number, target: Uint8Array): void {
    let done = 0;
    while (done < target.length) {
      const bytesRead = this.readSomeSync(target, done, offset + done);
      if (bytesRead === 0) {
        throw this.endsEarly(offset + done, offset + target.length);
      }
      done += bytesRead;
    }
  }

  isUnchanged(): boolean {
    const now = fs.statSync(this.name, { throwIfNoEntry: false });
    const { dev, ino, size, mtimeMs } = this.named;
    return (
      size === this.byteLength &&
      now?.dev === dev &&
      now.ino === ino &&
      now.size === size &&
      now.mtimeMs === mtimeMs
    );
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private endsEarly(end: number, wanted: number): CheckpointError {
    return new CheckpointError(
      'truncated',
      this.name,
      `the file ends at byte ${String(end)}, before ${String(wanted)}. It was shortened while it was read.`,
    );
  }

  private readSomeSync(target: Uint8Array, targetOffset: number, position: number): number {
    try {
      return fs.readSync(this.file.fd, target, targetOffset, target.length - targetOffset, position);
    } catch (error) {
      throw fileError(error, this.name);
    }
  }

  private async readSome(
    target: Uint8Array,
    targetOffset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }> {
    try {
      return await this.file.read(target, targetOffset, length, position);
    } catch (error) {
      throw fileError(error, this.name);
    }
  }
}

/** What is at a path, symbolic links followed. @throws {CheckpointError} `not-found` or `unreadable`. */
export async function statPath(path: string): Promise<Stats> {
  try {
    return await fs.promises.stat(path);
  } catch (error) {
    throw fileError(error, path);
  }
}

/** An operating system's error as a sentence for users; errors that are CheckpointErrors already pass unchanged. */
export function fileError(error: unknown, path: string): CheckpointError {
  if (CheckpointError.is(error)) {
    return error;
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new CheckpointError('not-found', path, 'no such file or folder.', { cause: error });
    case 'ERR_INVALID_ARG_VALUE':
    case 'ENAMETOOLONG':
      return new CheckpointError('not-found', path, 'this is not a valid path.', { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new CheckpointError('unreadable', path, 'permission to read it is denied.', { cause: error });
    case 'ELOOP':
      return new CheckpointError('unreadable', path, 'its symbolic links lead in a circle.', {
        cause: error,
      });
    default: {
      const detail = error instanceof Error ? error.message : String(error);
      return new CheckpointError('unreadable', path, `it cannot be read (${detail}).`, { cause: error });
    }
  }
}

function requireRegularFile(stats: Stats, path: string): void {
  if (stats.isDirectory()) {
    throw new CheckpointError('unreadable', path, 'this is a folder, not a file.');
  }
  if (!stats.isFile()) {
    throw new CheckpointError('unreadable', path, 'this is a pipe, socket or device, not a file.');
  }
}
