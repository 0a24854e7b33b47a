import { DatabaseError } from '../databaseError';

/** PostgreSQL cuts longer names without an error (NAMEDATALEN − 1). */
export const MAX_IDENTIFIER_BYTES = 63;

/**
 * A name as it stands in a statement, whatever is in it (PostgreSQL documentation, "Identifiers and Key Words").
 *
 * @throws {DatabaseError} `unsupported` for a name that no table can have.
 */
export function quoteIdentifier(name: string): string {
  if (name === '' || name.includes('\0')) {
    throw new DatabaseError(
      'unsupported',
      '',
      'An empty name, or one with a zero byte, is no name of a table or column.',
    );
  }
  if (new TextEncoder().encode(name).length > MAX_IDENTIFIER_BYTES) {
    throw new DatabaseError(
      'unsupported',
      '',
      `A name has at most ${MAX_IDENTIFIER_BYTES} bytes; PostgreSQL would cut it.`,
    );
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** A name with its schema. @throws {DatabaseError} As {@link quoteIdentifier}. */
export function quoteQualified(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/**
 * A text as a constant, for the few statements that take no parameters (`CREATE INDEX … WHERE`). With `E''` no setting of the server changes
 * what a backslash means.
 *
 * @throws {DatabaseError} `unsupported` for a zero byte, which no text of PostgreSQL holds.
 */
export function quoteLiteral(text: string): string {
  if (text.includes('\0')) {
    throw new DatabaseError('unsupported', '', 'A text with a zero byte cannot be stored in PostgreSQL.');
  }
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
