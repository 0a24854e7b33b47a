import type { GraphMemory } from './graphMemory';
import type { RowReader } from './unitCodes';

/** Bytes of rows that are read at a time. */
const READ_BYTES = 4 * 1024 * 1024;
/** Rows whose entries are scored at a time: about a millisecond. */
const SCORED_ROWS = 64;

/**
 * Scores all entries exactly and writes the lists, once all tiles are done. The rows are read again, in parts, over the codes, which
 * nobody needs any more: each part stays once, while all of them pass by.
 *
 * @param pause Awaited every millisecond or so, with the share that is done, 0 … 1; throws to end it.
 * @throws {CheckpointError} when the rows cannot be read any more.
 */
export async function scoreLists(
  graph: GraphMemory,
  source: RowReader,
  signal: AbortSignal | undefined,
  pause: (share: number) => Promise<void> | undefined,
): Promise<void> {
  const { layout, shape, kernel, partRows } = graph;
  const { rowCount } = shape;
  const [here, there] = layout.parts;
  const steps = rowCount * Math.ceil(rowCount / partRows);
  let done = 0;
  for (let start = 0; start < rowCount; start += partRows) {
    const end = Math.min(rowCount, start + partRows);
    await readPart(graph, source, here, start, end, signal);
    for (let other = 0; other < rowCount; other += partRows) {
      const endOther = Math.min(rowCount, other + partRows);
      if (other !== start) {
        await readPart(graph, source, there, other, endOther, signal);
      }
      writeScoreRequest(graph, start, other === start ? here : there, other, endOther);
      for (let row = start; row < end; row += SCORED_ROWS) {
        const endRow = Math.min(end, row + SCORED_ROWS);
        kernel.scoreEntries(layout.scoreRequest, row, endRow);
        done += endRow - row;
        await pause(done / steps);
      }
    }
    for (let row = start; row < end; row += SCORED_ROWS) {
      kernel.rankEntries(layout.scoreRequest, row, Math.min(end, row + SCORED_ROWS));
      await pause(done / steps);
    }
  }
}

async function readPart(
  graph: GraphMemory,
  source: RowReader,
  address: number,
  start: number,
  end: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const rowBytes = graph.shape.paddedDimension * Float32Array.BYTES_PER_ELEMENT;
  const some = Math.max(1, Math.floor(READ_BYTES / rowBytes));
  for (let row = start; row < end; row += some) {
    const count = Math.min(some, end - row);
    const place = address + (row - start) * rowBytes;
    await source.readRows(row, graph.rowTarget(place, count), signal);
    signal?.throwIfAborted();
    graph.spreadRows(place, count);
  }
}

/** Fields in the order of ScoreRequest in kernel/assembly/lists.ts. */
function writeScoreRequest(
  graph: GraphMemory,
  start: number,
  others: number,
  firstOther: number,
  endOther: number,
): void {
  const { layout } = graph;
  const tiles = layout.threads[0].request;
  graph
    .uint32(layout.scoreRequest, 10)
    .set([
      tiles,
      layout.squaredNorms,
      layout.parts[0],
      start,
      others,
      firstOther,
      endOther,
      layout.scores,
      layout.ranking,
      layout.lists,
    ]);
}
