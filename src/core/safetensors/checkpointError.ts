/**
 * Why a checkpoint was refused. Callers decide by this word, never by the message's text.
 *
 * - `not-found`: no such file or folder, or it holds no checkpoint
 * - `unreadable`: the operating system refuses the read (permissions, a directory, a device)
 * - `truncated`: the file ends before what its header promises
 * - `malformed`: the file breaks a rule of its format
 * - `unsupported`: well-formed, but not something that Tokenscope can use (dtype, rank, missing tensor)
 * - `too-large`: beyond a named limit, or beyond the memory that can be had
 */
export type CheckpointErrorReason =
  'not-found' | 'unreadable' | 'truncated' | 'malformed' | 'unsupported' | 'too-large';

/** A checkpoint that cannot be used. The message names the file and the reason, and is fit for a user's eyes. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';

  constructor(
    readonly reason: CheckpointErrorReason,
    /** The file, folder or address that is at fault. */
    readonly source: string,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`${source}: ${detail}`, options);
  }

  /** True for a CheckpointError of any copy of this module, so that it also works behind a worker's messages. */
  static is(error: unknown): error is CheckpointError {
    return error instanceof Error && error.name === 'CheckpointError';
  }
}

/** The error for a source of which more is read than there is. @param end Behind the last byte that was asked for. */
export function endsBefore(source: string, end: number, size: number): CheckpointError {
  return new CheckpointError(
    'truncated',
    source,
    `byte ${String(end)} was asked for, but there are ${String(size)}.`,
  );
}
