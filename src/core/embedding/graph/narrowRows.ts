import type { GraphMemory } from './graphMemory';
import { BLOCK_ROWS } from './graphShape';

/** Rows that are added or coded at a time: some milliseconds. */
const SOME_ROWS = 2048;
/** Sums of so many int16 codes fit into int32. */
const MAX_SUMMED_ROWS = 65_536;

/**
 * Makes the narrow codes of all rows from their int16 codes, where the kernel uses them: see kernel/assembly/narrowCodes.ts. To be called
 * when all rows are coded.
 *
 * @param pause Awaited every few milliseconds; throws to end it.
 */
export async function narrowRows(graph: GraphMemory, pause: () => Promise<void> | undefined): Promise<void> {
  const { layout, shape, kernel } = graph;
  const { narrow } = layout;
  if (narrow === undefined) {
    return;
  }
  const { paddedRows, paddedDimension } = shape;
  graph.writeNarrowRequest(narrow);
  // Any center is right; one near the mean makes codes, and so their errors, small.
  const summed = Math.min(paddedRows, MAX_SUMMED_ROWS);
  const sums = graph.int32(layout.window, paddedDimension).fill(0);
  for (let row = 0; row < summed; row += SOME_ROWS) {
    kernel.addUnitCodes(narrow.request, layout.window, row, Math.min(summed, row + SOME_ROWS));
    await pause();
  }
  const center = new Int16Array(graph.memory.buffer, narrow.center, paddedDimension);
  center.set(sums.map((sum) => Math.round(sum / summed)));
  for (let row = 0; row < paddedRows; row += SOME_ROWS / BLOCK_ROWS) {
    kernel.narrowRows(narrow.request, row, Math.min(paddedRows, row + SOME_ROWS / BLOCK_ROWS));
    await pause();
  }
}
