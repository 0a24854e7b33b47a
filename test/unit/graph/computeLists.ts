import { PanelCrossing } from '../../../src/core/embedding/graph/crossPanels';
import type { NeighborLists } from '../../../src/core/embedding/graph/answerFromGraph';
import { GraphMemory, LIST_BYTES } from '../../../src/core/embedding/graph/graphMemory';
import { GRAPH_NEIGHBORS, graphShape, type TileSizes } from '../../../src/core/embedding/graph/graphShape';
import { narrowRows } from '../../../src/core/embedding/graph/narrowRows';
import { scoreLists } from '../../../src/core/embedding/graph/scoreLists';
import { settleRows } from '../../../src/core/embedding/graph/settleRows';
import { encodeUnitRows, type RowReader } from '../../../src/core/embedding/graph/unitCodes';
import { MemoryRows } from '../../../src/core/embedding/search/memoryRows';
import { testedKernel } from '../../fixtures/kernel/onEachKernel';
import type { TestMatrix } from '../embedding/testMatrix';

/** Reads a test's matrix like a checkpoint. */
export function readerOf({ values, dimension }: TestMatrix): RowReader {
  return {
    readRows: (firstRow, target) => {
      const start = firstRow * dimension;
      target.set(values.subarray(start, start + target.length));
      return Promise.resolve();
    },
  };
}

/** A graph with its rows coded, and the bound of its products. */
export async function codedGraph(
  matrix: TestMatrix,
  sizes: TileSizes = {},
): Promise<{ graph: GraphMemory; bound: number }> {
  const graph = GraphMemory.create(graphShape(matrix.rowCount, matrix.dimension, sizes), 0, testedKernel());
  const bound = await encodeUnitRows(graph, readerOf(matrix), undefined);
  await narrowRows(graph, () => undefined);
  graph.writeTileRequest(graph.layout.threads[0]!, 2 * bound);
  return { graph, bound };
}

/** Crosses all panels in one go. @returns How many rows had to be settled. */
export function crossAllPanels(graph: GraphMemory, matrix: TestMatrix): number {
  const { shape, layout } = graph;
  const rows = new MemoryRows(matrix.rowCount, matrix.dimension, matrix.values);
  const area = layout.threads[0]!;
  let settled = 0;
  for (let second = 0; second < shape.panelCount; second++) {
    for (let first = 0; first <= second; first++) {
      const crossing = new PanelCrossing(graph, area, first, second);
      while (crossing.run(() => false) === 'settle') {
        settled += graph.uint32(area.request, 17)[16]!;
        settleRows(graph, rows, area);
      }
    }
  }
  return settled;
}

/** The whole graph, without files and threads. */
export async function computeLists(
  matrix: TestMatrix,
  sizes: TileSizes = {},
): Promise<{ lists: NeighborLists; settled: number }> {
  const { graph } = await codedGraph(matrix, sizes);
  const settled = crossAllPanels(graph, matrix);
  await scoreLists(graph, readerOf(matrix), undefined, () => undefined);
  return { lists: listsIn(graph), settled };
}

function listsIn(graph: GraphMemory): NeighborLists {
  return {
    neighborCount: GRAPH_NEIGHBORS,
    listOf: (id) => {
      const start = graph.layout.lists + id * LIST_BYTES;
      const ids = graph.uint32(start, GRAPH_NEIGHBORS).filter((found) => found !== 2 ** 32 - 1);
      const scores = graph.float32(start + LIST_BYTES / 2, GRAPH_NEIGHBORS).slice(0, ids.length);
      return ids.length === 0 ? undefined : { ids, scores };
    },
  };
}
