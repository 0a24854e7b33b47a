import { parseCount } from '../answers/parseRows';
import { formatVector, parseVector } from '../answers/parseVector';
import { DatabaseError } from '../databaseError';
import { copyRows, type SentRow } from '../sending/copyRows';
import { halfPrecision } from '../sending/halfPrecision';
import {
  analyzeStatement,
  copyStatement,
  createTableStatement,
  insertStatement,
  requireSentTable,
  sentRowsStatement,
  sentSampleStatement,
  type SentTable,
} from '../sending/sentTable';
import { EXTENSION_STATEMENT, parseTables, TABLES_STATEMENT } from '../sql/describeTables';
import type { ServerConnection } from './serverConnection';

/** A model's rows, from front to back. */
export interface SentModel {
  /** How the model is called in the table; at most {@link MAX_MODEL_NAME} characters. */
  readonly name: string;
  readonly rowCount: number;
  readonly dimension: number;
  /** Fills whole rows from one on. */
  readonly readRows: (firstRow: number, target: Float32Array) => Promise<void>;
  /** What a row is called; no zero bytes. */
  readonly tokenOf: (id: number) => string;
}

export interface SendOptions {
  readonly target: SentTable;
  /** `copy` where the server can, `batches` of `insert … select from unnest(…)` where it cannot; found out where it is not given. */
  readonly method?: 'copy' | 'batches' | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((rowsDone: number) => void) | undefined;
}

export interface SendReport {
  /** Rows that were sent now; the others were there. */
  readonly rowsSent: number;
  /** Rows that pgvector cannot hold, for they have NaN or infinity: stored without a vector. */
  readonly rowsWithoutVector: number;
  readonly method: 'copy' | 'batches';
}

export const MAX_MODEL_NAME = 300;

/** Values of a batch, each of which is a transaction: what was sent stays, whatever happens to the next. */
const BATCH_VALUES = 1 << 20;

/** Rows that are compared with what is there before more are sent behind them. */
const COMPARED_ROWS = 20;

/**
 * Sends a model's rows into a table, which is made where it is not there. Rows go by rising id, a batch at a time; what a break has left is gone on
 * with, after some of it was found to be the same.
 *
 * @throws {DatabaseError} `unsupported` for a table that was not made for this, and where the rows that are there are not the model's.
 * @throws The signal's reason; the batches that had arrived stay.
 */
export async function sendRows(
  connection: ServerConnection,
  model: SentModel,
  options: SendOptions,
): Promise<SendReport> {
  const { target, signal, onProgress } = options;
  requireName(model.name);
  const source = `${target.schema}.${target.table} on ${connection.name}`;
  const takesCopy = await prepareTable(connection, target, source, signal);
  const first = await rowsThere(connection, model, target, source, signal);
  onProgress?.(first);
  const batchRows = Math.max(1, Math.floor(BATCH_VALUES / model.dimension));
  let method = options.method ?? (takesCopy ? 'copy' : 'batches');
  let rowsWithoutVector = 0;
  for (let row = first; row < model.rowCount; row += batchRows) {
    const rows = await readBatch(model, row, Math.min(batchRows, model.rowCount - row));
    try {
      await sendBatch(connection, model.name, rows, target, method, source, signal);
    } catch (error) {
      // Some servers, and some pools before them, end the connection at COPY. One that is really gone refuses the next try, too.
      const mayLackCopy = options.method === undefined && method === 'copy' && row === first;
      if (!mayLackCopy || !DatabaseError.is(error) || error.reason !== 'unreachable') {
        throw error;
      }
      method = 'batches';
      await sendBatch(connection, model.name, rows, target, method, source, signal);
    }
    rowsWithoutVector += rows.filter(({ vector }) => vector === undefined).length;
    onProgress?.(row + rows.length);
  }
  if (first < model.rowCount) {
    await connection.transaction({ signal, limitMilliseconds: 0, isReadOnly: false, source }, ({ query }) =>
      query(analyzeStatement(target)),
    );
  }
  return { rowsSent: model.rowCount - first, rowsWithoutVector, method };
}

function requireName(name: string): void {
  if (name === '' || name.length > MAX_MODEL_NAME || name.includes('\0')) {
    throw new RangeError(`A model in a table has a name of 1 to ${MAX_MODEL_NAME} characters.`);
  }
}

/** @returns False where the server is one that breaks at COPY: PGlite, behind a socket. */
async function prepareTable(
  connection: ServerConnection,
  target: SentTable,
  source: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  return connection.transaction(
    { signal, limitMilliseconds: 60_000, isReadOnly: false, source },
    async ({ query }) => {
      if ((await query({ text: EXTENSION_STATEMENT, values: [] })).length === 0) {
        throw new DatabaseError(
          'no-extension',
          connection.name,
          'this database has no pgvector: create extension vector; makes it known there.',
        );
      }
      await query(createTableStatement(target));
      const tables = parseTables(await query({ text: TABLES_STATEMENT, values: [] }));
      const found = tables.find(
        ({ schema, table, column }) =>
          schema === target.schema && table === target.table && column === 'embedding',
      );
      requireSentTable(found, target, source);
      const [{ version } = {}] = await query({ text: 'select pg_catalog.version() as version', values: [] });
      return typeof version !== 'string' || !version.includes('PGlite');
    },
  );
}

/** How many rows of the model are there already: the first ones, and the same ones. */
async function rowsThere(
  connection: ServerConnection,
  model: SentModel,
  target: SentTable,
  source: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  const options = { signal, limitMilliseconds: 0, isReadOnly: true, source };
  return connection.transaction(options, async ({ query }) => {
    const [found] = await query(sentRowsStatement(target, model.name));
    const rows = parseCount(found?.rows) ?? 0;
    if (rows === 0) {
      return 0;
    }
    const last = parseCount(found?.last);
    if (last !== rows - 1 || rows > model.rowCount) {
      throw different(source, model.name);
    }
    const step = Math.max(1, Math.floor(rows / COMPARED_ROWS));
    const ids = [
      ...new Set([...Array.from({ length: Math.ceil(rows / step) }, (_, at) => at * step), rows - 1]),
    ];
    const there = await query(sentSampleStatement(target, model.name, ids));
    for (const id of ids) {
      const [expected] = await readBatch(model, id, 1);
      const row = there.find((candidate) => candidate.id === String(id));
      if (
        !expected ||
        row?.token !== expected.token ||
        !isSameVector(row.vector, expected.vector, target, source)
      ) {
        throw different(source, model.name);
      }
    }
    return rows;
  });
}

function isSameVector(
  text: unknown,
  expected: Float32Array | undefined,
  target: SentTable,
  source: string,
): boolean {
  if (text === null || expected === undefined) {
    return text === null && expected === undefined;
  }
  const values = parseVector(text, target.dimension, source);
  return values.every((value, at) => {
    const own = expected[at] ?? NaN;
    return target.type === 'vector'
      ? value === own
      : halfPrecision(value) % 0x8000 === halfPrecision(own) % 0x8000;
  });
}

function different(source: string, name: string): DatabaseError {
  return new DatabaseError(
    'unsupported',
    source,
    `the table has other rows of a model called ${name} than those that would be sent. Give the model another name.`,
  );
}

async function readBatch(
  { dimension, readRows, tokenOf }: SentModel,
  first: number,
  count: number,
): Promise<SentRow[]> {
  const values = new Float32Array(count * dimension);
  await readRows(first, values);
  return Array.from({ length: count }, (_, at) => {
    const vector = values.subarray(at * dimension, (at + 1) * dimension);
    return {
      id: first + at,
      token: tokenOf(first + at),
      vector: vector.every(Number.isFinite) ? vector : undefined,
    };
  });
}

async function sendBatch(
  connection: ServerConnection,
  model: string,
  rows: readonly SentRow[],
  target: SentTable,
  method: 'copy' | 'batches',
  source: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = { signal, limitMilliseconds: 0, isReadOnly: false, source };
  await connection.transaction(options, async ({ query, copy }) => {
    if (method === 'copy') {
      await copy(copyStatement(target), copyRows(model, rows, target.type));
    } else {
      const ids = rows.map(({ id }) => id);
      const tokens = rows.map(({ token }) => token);
      const vectors = rows.map(({ vector }) => (vector === undefined ? null : formatVector(vector)));
      await query(insertStatement(target, model, { ids, tokens, vectors }));
    }
  });
}
