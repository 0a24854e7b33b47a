import type { LabelCollector } from '../labels/labelCollector';

/** Most values of one row. */
export const MAX_DIMENSION = 65_536;

/** Bytes of rows that come at a time. */
export const BATCH_BYTES = 1 << 20;

/** How the values of a reader's rows are stored. */
export type RowDtype = 'F32' | 'F16' | 'BF16';

/** Some rows that follow those before. */
export interface RowBatch {
  /** Row-major and little-endian, in the reader's dtype. The next batch may be in the same memory. */
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** How much of the file has been read, 0 to 1. */
  readonly fraction: number;
}

/** The rows of one file and their labels, to be read once from front to back. */
export interface VectorRows {
  /** What the file is, for people: `word2vec binary`. */
  readonly format: string;
  /** Values per row, 1 to {@link MAX_DIMENSION}. */
  readonly dimension: number;
  readonly dtype: RowDtype;
  /** How many rows there will be; undefined where only reading to the end tells. */
  readonly rowCount: number | undefined;
  /** Whether the labels are words, or tokens, which texts are made of with their spaces. */
  readonly labelKind: 'words' | 'tokens';

  /**
   * All rows. Memory is bounded by {@link BATCH_BYTES} and one row or line; between batches others have their turn.
   *
   * @param labels Gets the labels: of no row, or of the first ones. They are all there after the last batch.
   * @throws {CheckpointError} naming the file and, where there is one, the line or row.
   * @throws The signal's reason when it is aborted.
   */
  batches(labels: LabelCollector, signal?: AbortSignal): AsyncGenerator<RowBatch, void, undefined>;
}

/** Rows of a dimension that make a batch: at least one. */
export function rowsOfBatch(dimension: number, elementBytes: number): number {
  return Math.max(1, Math.floor(BATCH_BYTES / (dimension * elementBytes)));
}
