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
  /** Rows that are in the index; undefined where the server does not count them, as while it prepares. */
  readonly rows: number | undefined;
}

/** Most values of a vector that pgvector indexes. */
export const MAX_INDEXED: Readonly<Record<VectorType, number>> = { vector: 2000, halfvec: 4000 };

const PROGRESS_MILLISECONDS = 500;

/** How long a server that is busy with the index may take to say how far it is. */
const TELLING_MILLISECONDS = 5000;

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
  const options = { limitMilliseconds: TELLING_MILLISECONDS, isReadOnly: true, signal: ended.signal };
  let isAsking = false;
  const ask = async (): Promise<void> => {
    isAsking = true;
    const [row] = await other.transaction(options, ({ query }) =>
      query({ text: PROGRESS_STATEMENT, values: [process] }),
    );
    isAsking = false;
    if (row && !ended.signal.aborted) {
      onProgress(progressOf(row));
    }
  };
  const timer = setInterval(() => {
    if (!isAsking) {
      ask().catch(() => clearInterval(timer));
    }
  }, PROGRESS_MILLISECONDS);
  return {
    stop: async () => {
      clearInterval(timer);
      ended.abort();
      await other.close();
    },
  };
}

/**
 * HNSW counts rows as it takes them in, and says of no total (PostgreSQL documentation, "CREATE INDEX Progress Reporting"; pgvector, "Index Build
 * Time"). The blocks that it tells of, too, are those of the whole table, most of which may be other models'.
 */
const PROGRESS_STATEMENT = `
select phase, tuples_done::text as rows from pg_catalog.pg_stat_progress_create_index where pid = $1`;

function progressOf({ phase, rows }: Readonly<Record<string, unknown>>): IndexProgress {
  const count = parseCount(rows);
  return {
    phase: typeof phase === 'string' ? phase.slice(0, 100) : '',
    rows: count === 0 ? undefined : count,
  };
}
