import { DatabaseError } from './databaseError';

/** The error where an id does not tell rows apart. */
export function ambiguous(id: number, source: string): DatabaseError {
  return new DatabaseError(
    'unsupported',
    source,
    `several rows have the id ${id}. Where there are several models in the table, choose one of them; else choose another column of ids.`,
  );
}
