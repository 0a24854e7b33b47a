/**
 * - `absent`: there is no such file
 * - `unreadable`: the system refuses to read it, or it is no regular file
 * - `damaged`: it is no section file, or not a whole one, or its bytes are not those that were written
 * - `other-kind`: it holds something else
 * - `other-version`: another version of the program wrote it
 * - `other-source`: it was made from another file, tensor or version of the file
 */
export type UnusableCause =
  'absent' | 'unreadable' | 'damaged' | 'other-kind' | 'other-version' | 'other-source';

/** A file of the cache that cannot be used: what it holds has to be computed. Nothing that a user needs to know. */
export interface Unusable {
  readonly kind: 'unusable';
  readonly cause: UnusableCause;
  /** A sentence for the log, naming the file. */
  readonly reason: string;
}

/** @param detail A sentence that goes on after the file's name. */
export function unusable(cause: UnusableCause, file: string, detail: string): Unusable {
  return { kind: 'unusable', cause, reason: `${file}: ${detail}` };
}
