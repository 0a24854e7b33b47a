import type { DatabaseMetric, IndexMethod, VectorTable } from './vectorTable';
import type { TableSelection } from '../model/modelLocation';

/** A row as a database gives it. */
export interface DatabaseRow {
  /** 0 … 2³² − 1. */
  readonly id: number;
  /** undefined where the table names no rows, or not this one. */
  readonly label: string | undefined;
  readonly vector: Float32Array;
}

/** A row of an answer. */
export interface ScoredRow extends DatabaseRow {
  /** By the metric, worked out here in double precision from the row itself. */
  readonly score: number;
  /** Euclidean length of the row. */
  readonly norm: number;
}

/** How a search was done, as the server's plan tells. */
export type SearchMethod =
  /** Every row was looked at. */
  | { readonly kind: 'exact' }
  /** The order came from indexes that may miss rows. */
  | { readonly kind: 'index'; readonly method: IndexMethod; readonly name: string };

/** What of a table is open for questions. */
export interface OpenedTable {
  readonly selection: TableSelection;
  readonly table: VectorTable;
  /** Values in a vector. */
  readonly dimension: number;
  /** Rows with a vector; where counting took too long, what the server estimates. */
  readonly rowCount: number;
  readonly isEstimated: boolean;
  /** The lowest and the highest id; undefined where they were not looked up. */
  readonly ids?: readonly [number, number];
}

export interface TableSearch {
  /** In double precision. */
  readonly query: Float64Array;
  readonly metric: DatabaseMetric;
  /** How many rows, 1 … {@link MAX_SEARCHED}. */
  readonly k: number;
  /**
   * - `exact`: every row is looked at
   * - `index`: as the server thinks best, which is by an index where there is one of the metric
   * - `forcedIndex`: by an index, also where looking at every row were faster: to measure it
   */
  readonly by: 'exact' | 'index' | 'forcedIndex';
  readonly excludedIds?: readonly number[];
  /** Only rows whose label holds this, whatever the case. */
  readonly labelText?: string;
  /** Rows that an HNSW index keeps in sight while it searches, 1 … 1000; at least `k`, and 40, pgvector's default. */
  readonly searchedWidth?: number;
}

export const MAX_SEARCHED = 1000;

export interface TableAnswer {
  /** Best first; equal scores by rising id. */
  readonly rows: readonly ScoredRow[];
  readonly method: SearchMethod;
  /**
   * Whether the rows are surely those that scoring all of them in double precision gives. False by an index, and where so many rows lie so close
   * that the single precision of the server could not tell them apart.
   */
  readonly isCertain: boolean;
  /** From question to answer, with the way there and back. */
  readonly milliseconds: number;
}

/** The seam behind which there may be databases of other kinds: what tables there are, the nearest rows, and rows by id or label. */
export interface VectorDatabase {
  /** The server as it may be shown. */
  readonly name: string;

  /** All columns of vectors that the user may read. @throws {DatabaseError} `no-extension` where the database knows no vectors. */
  describe(signal?: AbortSignal): Promise<readonly VectorTable[]>;

  /** @throws {DatabaseError} `changed` where the table is not there any more, `unsupported` for ids that are no row numbers. */
  open(selection: TableSelection, signal?: AbortSignal): Promise<OpenedTable>;

  /** @throws {DatabaseError} @throws The signal's reason; the server has stopped then. */
  search(table: OpenedTable, search: TableSearch, signal?: AbortSignal): Promise<TableAnswer>;

  /** Rows in the order of the ids. @throws {DatabaseError} `changed` where one is not there. */
  fetchRows(
    table: OpenedTable,
    ids: readonly number[],
    signal?: AbortSignal,
  ): Promise<readonly DatabaseRow[]>;

  /** The same for those of the ids that a row with a vector has. */
  fetchKnown(
    table: OpenedTable,
    ids: readonly number[],
    signal?: AbortSignal,
  ): Promise<readonly DatabaseRow[]>;

  /** The id of each label that a row has; of several rows the lowest. */
  findLabels(
    table: OpenedTable,
    labels: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, number>>;

  /** The texts that a column has, each once, in their order; at most 10,000. */
  distinctTexts(
    schema: string,
    table: string,
    column: string,
    signal?: AbortSignal,
  ): Promise<readonly string[]>;

  /** Ids that are spread over the table, the same ones each time: questions that stand for all. */
  sampleIds(table: OpenedTable, count: number, signal?: AbortSignal): Promise<readonly number[]>;

  close(): Promise<void>;
}
