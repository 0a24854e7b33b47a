import type { RowStore } from '../search/embeddingSearch';
import type { GraphMemory, ThreadArea } from './graphMemory';
import { GRAPH_CAPACITY } from './graphShape';
import { UNIT_SCALE } from './unitCodes';

/** Position of a TileRequest's fullCount. */
const FULL_COUNT = 16;

/**
 * Scores the entries of the full rows that crossing has met, exactly, and keeps the best k of each.
 *
 * @param area Of the thread that met them; it must wait meanwhile.
 * @throws {CheckpointError} when the rows cannot be read any more.
 */
export function settleRows(graph: GraphMemory, rows: RowStore, area: ThreadArea): void {
  const count = graph.uint32(area.request, FULL_COUNT + 1)[FULL_COUNT];
  for (const row of graph.uint32(area.fullRows, count)) {
    settleRow(graph, rows, area, row);
  }
}

function settleRow(graph: GraphMemory, rows: RowStore, area: ThreadArea, row: number): void {
  const { layout, shape, kernel } = graph;
  const count = graph.uint32(layout.counts, shape.paddedRows)[row];
  const entries = graph.uint32(layout.entries + row * GRAPH_CAPACITY * 8, 2 * count);
  const ids = new Uint32Array(1 + count);
  ids[0] = row;
  for (let entry = 0; entry < count; entry++) {
    // The low half is the id.
    ids[1 + entry] = entries[2 * entry];
  }
  rows.copyRows(ids, graph.rowTarget(layout.window, ids.length));
  graph.spreadRows(layout.window, ids.length);
  kernel.settleRow(area.request, row, layout.squaredNorms, UNIT_SCALE ** 2, layout.window, layout.ranking);
}
