/**
 * Why a database could not do what was asked. Callers decide by this word, never by the message's text.
 *
 * - `address`: the address cannot be read
 * - `unreachable`: nobody answers there, or the connection broke
 * - `refused`: the server wants other credentials, or lets this user in nowhere
 * - `certificate`: the server's certificate is not what `sslmode` asks for
 * - `no-extension`: the database has no pgvector
 * - `changed`: the table, or a column of it, is not what it was
 * - `too-slow`: the time limit of the statement was reached
 * - `forbidden`: the user may not do this
 * - `unsupported`: well-formed, but not something that Tokenscope can use
 * - `failed`: the server says something else
 */
export type DatabaseErrorReason =
  | 'address'
  | 'unreachable'
  | 'refused'
  | 'certificate'
  | 'no-extension'
  | 'changed'
  | 'too-slow'
  | 'forbidden'
  | 'unsupported'
  | 'failed';

/** A database that cannot do what was asked. The message names the server, never the password, and is fit for a user's eyes. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  constructor(
    readonly reason: DatabaseErrorReason,
    /** The server or table that is at fault, as it may be shown. */
    readonly source: string,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(source === '' ? detail : `${source}: ${detail}`, options);
  }

  /** True for a DatabaseError of any copy of this module: the client comes out of a bundle of its own. */
  static is(error: unknown): error is DatabaseError {
    return error instanceof Error && error.name === 'DatabaseError';
  }
}
