/** The column types of pgvector that are searched: single precision, and half. */
export type VectorType = 'vector' | 'halfvec';

/** The metrics that pgvector has operators for. */
export type DatabaseMetric = 'cosine' | 'dot' | 'euclidean';

/** How pgvector's indexes are called. */
export type IndexMethod = 'hnsw' | 'ivfflat';

/** Another column of the table. */
export interface TableColumn {
  readonly name: string;
  /** As PostgreSQL writes it, such as `bigint` or `text`. */
  readonly type: string;
  /** The rows are unique by it alone. */
  readonly isUnique: boolean;
}

/** An index over the vectors. */
export interface VectorIndex {
  readonly name: string;
  readonly method: IndexMethod;
  readonly metric: DatabaseMetric;
  /** The rows it holds, as a condition in SQL; undefined where it holds all. */
  readonly predicate?: string;
  /** False while it is built, and after a build that failed. */
  readonly isValid: boolean;
}

/** A column of vectors, and the table around it. */
export interface VectorTable {
  readonly schema: string;
  readonly table: string;
  /** The column of vectors. */
  readonly column: string;
  readonly type: VectorType;
  /** Values in a vector; undefined where the column takes any. */
  readonly dimension?: number;
  /** As the server estimates it; −1 where it has never counted. */
  readonly estimatedRows: number;
  readonly columns: readonly TableColumn[];
  readonly indexes: readonly VectorIndex[];
  /** It is spread over partitions. */
  readonly isPartitioned: boolean;
}
