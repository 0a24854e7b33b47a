import { DatabaseError } from '../databaseError';

/** Most values that a column of pgvector holds. */
export const MAX_DIMENSION = 16_000;

/**
 * Reads a vector as pgvector writes it, `[1,2.5,-3e-05]`. Single-precision values come back exactly: it writes the fewest digits that do.
 *
 * @param dimension Values that are expected.
 * @param source The table, for the error.
 * @throws {DatabaseError} `changed` for another number of values, `failed` for what is no vector.
 */
export function parseVector(text: unknown, dimension: number, source: string): Float32Array {
  if (typeof text !== 'string' || !text.startsWith('[') || !text.endsWith(']')) {
    throw new DatabaseError('failed', source, 'the server sent something else where a vector was asked for.');
  }
  const parts = text.slice(1, -1).split(',');
  if (parts.length !== dimension) {
    throw new DatabaseError(
      'changed',
      source,
      `a vector has ${parts.length} values where others have ${dimension}.`,
    );
  }
  const values = new Float32Array(dimension);
  for (let at = 0; at < dimension; at++) {
    const part = parts[at] ?? '';
    const value = Number(part);
    if (part === '' || !Number.isFinite(value)) {
      throw new DatabaseError('failed', source, 'the server sent a vector with a value that is no number.');
    }
    values[at] = value;
  }
  return values;
}

/** A vector as pgvector reads it. Values are rounded to single precision, as the column has it. */
export function formatVector(values: ArrayLike<number>): string {
  const parts: string[] = [];
  for (let at = 0; at < values.length; at++) {
    const value = Math.fround(values[at] ?? NaN);
    parts.push(Object.is(value, -0) ? '-0' : String(value));
  }
  return `[${parts.join(',')}]`;
}
