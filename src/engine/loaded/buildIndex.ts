import { IndexBuilder } from '../../core/embedding/index/indexBuilder';
import type { IndexFigures } from '../../core/embedding/index/indexContents';
import type { IndexMemory } from '../../core/embedding/index/indexMemory';
import type { EmbeddingSource } from '../../model/embeddingSource';
import type { LoadProgress } from '../questions/loadOptions';
import { nextTask } from '../nextTask';

/** Places of the matrix that are sampled for the center, a window of rows each. */
const SAMPLED_WINDOWS = 12;

/**
 * Builds the index of a source in one pass over its rows. While one window of rows is coded, the next is read.
 *
 * @throws The signal's reason when it is aborted; it is looked at between windows.
 */
export async function buildIndex(
  source: EmbeddingSource,
  memory: IndexMemory,
  signal: AbortSignal,
  onProgress?: (progress: LoadProgress) => void,
): Promise<IndexFigures> {
  const { identity } = source;
  const { rowCount } = identity;
  const builder = new IndexBuilder(memory);
  onProgress?.({ rowsDone: 0, rowCount, model: identity });
  await sample(source, builder, signal);
  await eachWindow(source, builder, signal, (window, firstRow, count) => {
    builder.add(window, firstRow, count);
    onProgress?.({ rowsDone: firstRow + count, rowCount, model: identity });
  });
  return builder.finish();
}

/** Measures how far each row is from the mean row, in a second pass: what the metric `centered` needs. */
export async function measureCenteredLengths(
  source: EmbeddingSource,
  memory: IndexMemory,
  signal: AbortSignal,
): Promise<void> {
  const { layout, kernel, paddedDimension } = memory;
  const windows = new IndexWindows(memory);
  await eachWindow(source, windows, signal, (window, firstRow, count) => {
    const rows = layout.buildWindows[window];
    memory.spreadRows(rows, count);
    const results = layout.centeredSquares + firstRow * Float64Array.BYTES_PER_ELEMENT;
    kernel.squaredDistances(layout.mean, rows, results, count, paddedDimension);
  });
}

/** Where rows are read to. */
interface Windows {
  readonly windowRows: number;
  target(window: 0 | 1, count: number): Float32Array;
}

class IndexWindows implements Windows {
  constructor(private readonly memory: IndexMemory) {}

  get windowRows(): number {
    return this.memory.buildRows;
  }

  target(window: 0 | 1, count: number): Float32Array {
    return this.memory.rowTarget(this.memory.layout.buildWindows[window], count);
  }
}

async function sample(source: EmbeddingSource, builder: IndexBuilder, signal: AbortSignal): Promise<void> {
  const { rowCount } = source.identity;
  const count = Math.min(rowCount, builder.windowRows);
  const windows = Math.min(SAMPLED_WINDOWS, Math.ceil(rowCount / count));
  for (let window = 0; window < windows; window++) {
    const firstRow = Math.floor(((rowCount - count) * window) / Math.max(1, windows - 1));
    await source.readRows(firstRow, builder.target(0, count), signal);
    builder.sample(0, count);
  }
  builder.useSampleCenter();
}

async function eachWindow(
  source: EmbeddingSource,
  windows: Windows,
  signal: AbortSignal,
  use: (window: 0 | 1, firstRow: number, count: number) => void,
): Promise<void> {
  const { rowCount } = source.identity;
  const { windowRows } = windows;
  const read = async (window: 0 | 1, firstRow: number): Promise<void> => {
    const count = Math.min(windowRows, rowCount - firstRow);
    if (count > 0) {
      await source.readRows(firstRow, windows.target(window, count), signal);
    }
  };
  let pending = read(0, 0);
  for (let firstRow = 0, window: 0 | 1 = 0; firstRow < rowCount; firstRow += windowRows) {
    await pending;
    const other: 0 | 1 = window === 0 ? 1 : 0;
    pending = read(other, firstRow + windowRows);
    // Awaited in the next turn; until then a failure is not unhandled.
    pending.catch(() => undefined);
    // A source in memory never waits for anything: without a pause no message, so no cancellation, would be seen.
    await nextTask();
    signal.throwIfAborted();
    use(window, firstRow, Math.min(windowRows, rowCount - firstRow));
    window = other;
  }
}
