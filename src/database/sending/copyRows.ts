import type { VectorType } from '../vectorTable';
import { halfPrecision } from './halfPrecision';

/** A row as it is sent. */
export interface SentRow {
  readonly id: number;
  readonly token: string;
  /** undefined for a row that pgvector cannot hold: one with NaN or infinity. It is stored as NULL. */
  readonly vector: Float32Array | undefined;
}

/** Signature, flags, and no extension (PostgreSQL documentation, COPY, "Binary Format"). */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
const NULL_LENGTH = -1;
const FIELDS = 4;

/**
 * Rows in COPY's binary format: model (text), id (integer), token (text), embedding. A vector is its number of values and a number that is not used,
 * of 16 bits each, then its values, all with the highest byte first (`vector_recv` and `halfvec_recv` of pgvector).
 *
 * @throws {RangeError} for a value beyond half precision.
 */
export function copyRows(model: string, rows: readonly SentRow[], type: VectorType): Buffer {
  const modelBytes = Buffer.from(model, 'utf8');
  const parts: Buffer[] = [HEADER];
  for (const { id, token, vector } of rows) {
    const tokenBytes = Buffer.from(token, 'utf8');
    const start = Buffer.alloc(2 + 4 + modelBytes.length + 4 + 4 + 4 + tokenBytes.length);
    let at = start.writeInt16BE(FIELDS, 0);
    at = start.writeInt32BE(modelBytes.length, at);
    at += modelBytes.copy(start, at);
    at = start.writeInt32BE(4, at);
    at = start.writeInt32BE(id, at);
    at = start.writeInt32BE(tokenBytes.length, at);
    tokenBytes.copy(start, at);
    parts.push(start, vector === undefined ? nullField() : vectorField(vector, type));
  }
  parts.push(TRAILER);
  return Buffer.concat(parts);
}

function nullField(): Buffer {
  const field = Buffer.alloc(4);
  field.writeInt32BE(NULL_LENGTH, 0);
  return field;
}

function vectorField(values: Float32Array, type: VectorType): Buffer {
  const width = type === 'vector' ? 4 : 2;
  const length = 4 + width * values.length;
  const field = Buffer.alloc(4 + length);
  let at = field.writeInt32BE(length, 0);
  at = field.writeInt16BE(values.length, at);
  at = field.writeInt16BE(0, at);
  for (const value of values) {
    at = type === 'vector' ? field.writeFloatBE(value, at) : field.writeUInt16BE(halfPrecision(value), at);
  }
  return field;
}
