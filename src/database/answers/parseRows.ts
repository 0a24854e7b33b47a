import { DatabaseError } from '../databaseError';
import type { DatabaseRow } from '../vectorDatabase';
import { parseVector } from './parseVector';

/** Ids are row numbers of 32 bits everywhere else. */
export const MAX_ID = 2 ** 32 - 1;

/** Longest label that is taken over, in UTF-16 units: a column of whole documents must not fill the memory. */
const MAX_LABEL_LENGTH = 2000;

type ServerRow = Readonly<Record<string, unknown>>;

/** @throws {DatabaseError} `unsupported` for an id that is no row number, and as {@link parseVector}. */
export function parseRow(row: ServerRow, dimension: number, source: string): DatabaseRow {
  return {
    id: parseId(row.id, source),
    label: parseLabel(row.label),
    vector: parseVector(row.vector, dimension, source),
  };
}

/** @throws {DatabaseError} `unsupported` for what is no whole number from 0 to 2³² − 1. */
export function parseId(value: unknown, source: string): number {
  const id = typeof value === 'string' && /^\d{1,10}$/u.test(value) ? Number(value) : NaN;
  if (!(id <= MAX_ID)) {
    throw new DatabaseError(
      'unsupported',
      source,
      `an id is no whole number from 0 to ${MAX_ID.toLocaleString('en')}. Choose another column of ids.`,
    );
  }
  return id;
}

export function parseLabel(value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  return value.length > MAX_LABEL_LENGTH ? `${value.slice(0, MAX_LABEL_LENGTH)}…` : value;
}

/** A number that the server sent as text, or as a number; undefined for what is none. */
export function parseCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/u.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isFinite(count) ? count : undefined;
}
