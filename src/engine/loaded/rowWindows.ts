import type { EmbeddingSource } from '../../model/embeddingSource';
import { nextTask } from '../nextTask';

/** 2 MB: long enough that pauses do not count, about 2 ms of a plain loop. */
const WINDOW_VALUES = 512 * 1024;

/**
 * Reads all rows of a source, some at a time; other tasks run in between.
 *
 * @param use Called with whole rows in their order, row-major; they are overwritten afterwards.
 * @throws {CheckpointError} when the file cannot be read.
 * @throws The signal's reason when it is aborted; it is looked at between windows.
 */
export async function eachRowWindow(
  source: EmbeddingSource,
  signal: AbortSignal,
  use: (rows: Float32Array, firstRow: number) => void,
): Promise<void> {
  const { rowCount, dimension } = source.identity;
  const windowRows = Math.max(1, Math.floor(WINDOW_VALUES / dimension));
  const window = new Float32Array(Math.min(rowCount, windowRows) * dimension);
  for (let firstRow = 0; firstRow < rowCount; firstRow += windowRows) {
    const rows = window.subarray(0, Math.min(windowRows, rowCount - firstRow) * dimension);
    await source.readRows(firstRow, rows, signal);
    // A source in memory never waits for anything: without a pause no cancellation would be seen.
    await nextTask();
    signal.throwIfAborted();
    use(rows, firstRow);
  }
}
