import { parseCount } from '../answers/parseRows';
import { DatabaseError } from '../databaseError';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../sql/identifier';
import { operatorClass } from '../sql/operators';
import type { DatabaseMetric, VectorType } from '../vectorTable';
import type { TableSelection } from '../../model/modelLocation';
import type { ServerConnection } from './serverConnection';

export interface IndexWish {
  readonly selection: TableSelection;
  readonly type: VectorType;
  readonly dimension: number;
  readonly metric: DatabaseMetric;
}

/** How far the server says it is. */
export interface IndexProgress {
  /** Such as `building index: loading tuples`. */
  readonly phase: string;
  /** 0 … 1; undefined where the server does not say. */
  readonly fraction: number | undefined;
}

/** Most values of a vector that pgvector indexes. */
export const MAX_INDEXED: Readonly<Record<VectorType, number>> = { vector: 2000, halfvec: 4000 };

const PROGRESS_MILLISECONDS = 500;

/** The statement that builds an HNSW index; over one model of several, of its rows alone, so that its graph leads to no other's. */
export function createIndexStatement({ selection, type, metric }: IndexWish): string {
  const { schema, table, column, only } = selection;
  const rows =
    only === undefined ? '' : ` where ${quoteIdentifier(only.column)} = ${quoteLiteral(only.value)}`;
  return `create index on ${quoteQualified(schema, table)} using hnsw (${quoteIdentifier(column)} ${operatorClass(type, metric)})${rows}`;
}

/**
 * Builds an HNSW index. Rows can be read meanwhile, not written. Where the signal is aborted, or the connection breaks, nothing of it is left.
 *
 * @throws {DatabaseError} `unsupported` for more values than pgvector indexes.
 * @throws The signal's reason.
 */
export async function createIndex(
  connection: ServerConnection,
  wish: IndexWish,
  signal?: AbortSignal,
  onProgress?: (progress: IndexProgress) => void,
): Promise<void> {
  const { selection, type, dimension } = wish;
  const source = `${selection.schema}.${selection.table} on ${connection.name}`;
  if (dimension > MAX_INDEXED[type]) {
    const advice =
      type === 'vector' && dimension <= MAX_INDEXED.halfvec
        ? ' Send the model in half precision: halfvec takes up to 4,000.'
        : '';
    throw new DatabaseError(
      'unsupported',
      source,
      `pgvector indexes at most ${MAX_INDEXED[type]} values of a ${type}; these have ${dimension}.${advice}`,
    );
  }
  const options = { signal, limitMilliseconds: 0, isReadOnly: false, source };
  await connection.transaction(options, async ({ query, process }) => {
    const watching = watch(connection, process, onProgress);
    try {
      await query({ text: createIndexStatement(wish), values: [] });
    } finally {
      await watching.stop();
    }
  });
}

/** Asks the server by another connection how far it is; where it takes no other, nothing is told. */
function watch(
  connection: ServerConnection,
  process: number | undefined,
  onProgress: ((progress: IndexProgress) => void) | undefined,
): { stop(): Promise<void> } {
  if (process === undefined || onProgress === undefined) {
    return { stop: () => Promise.resolve() };
  }
  const other = connection.another();
  const ended = new AbortController();
  const timer = setInterval(() => {
    void other
      .transaction(
        { limitMilliseconds: PROGRESS_MILLISECONDS, isReadOnly: true, signal: ended.signal },
        ({ query }) => query({ text: PROGRESS_STATEMENT, values: [process] }),
      )
      .then(([row]) => {
        if (row && !ended.signal.aborted) {
          onProgress(progressOf(row));
        }
      })
      .catch(() => clearInterval(timer));
  }, PROGRESS_MILLISECONDS);
  return {
    stop: async () => {
      clearInterval(timer);
      ended.abort();
      await other.close();
    },
  };
}

/** HNSW counts rows as it takes them in, and blocks of the table as it reads them (PostgreSQL documentation, "CREATE INDEX Progress Reporting"). */
const PROGRESS_STATEMENT = `
select phase, blocks_done::text as blocks, blocks_total::text as all_blocks, tuples_done::text as rows, tuples_total::text as all_rows
from pg_catalog.pg_stat_progress_create_index where pid = $1`;

function progressOf(row: Readonly<Record<string, unknown>>): IndexProgress {
  const share = (done: unknown, all: unknown): number | undefined => {
    const [part = 0, whole = 0] = [parseCount(done), parseCount(all)];
    return whole > 0 ? Math.min(1, part / whole) : undefined;
  };
  const { phase } = row;
  return {
    phase: typeof phase === 'string' ? phase.slice(0, 100) : '',
    fraction: share(row.rows, row.all_rows) ?? share(row.blocks, row.all_blocks),
  };
}
