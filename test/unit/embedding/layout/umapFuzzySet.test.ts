import assert from 'node:assert/strict';
import { UMAP } from 'umap-js';
import { memberships } from '../../../../src/core/embedding/layout/memberships';
import { placedNeighbors, type PlacedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { symmetricEdges } from '../../../../src/core/embedding/layout/symmetricEdges';
import { finish } from '../../../../src/core/work/steps';
import { gaussianMatrix } from '../testMatrix';
import { listsOf } from './nearestLists';
import { groupedRows } from './smallLayout';

/** What umap-js keeps to itself: its fuzzy set. */
interface WithGraph {
  readonly graph: { get(row: number, column: number, otherwise: number): number; getValues(): number[] };
}

/** The fuzzy set that umap-js makes of the same neighbors. */
function umapGraph({ offsets, neighbors, similarities }: PlacedNeighbors): WithGraph['graph'] {
  const points = Array.from({ length: offsets.length - 1 }, (_, point) => point);
  const listOf = <T>(array: { subarray(first?: number, end?: number): Iterable<T> }, point: number): T[] => [
    ...array.subarray(offsets[point], offsets[point + 1]),
  ];
  const umap = new UMAP({ nNeighbors: 15, nEpochs: 1 });
  // A list begins with the point itself, which counts for nothing.
  umap.setPrecomputedKNN(
    points.map((point) => [point, ...listOf(neighbors, point)]),
    points.map((point) => [0, ...listOf(similarities, point).map((cosine) => Math.max(0, 1 - cosine))]),
  );
  umap.initializeFit(points.map((point) => [point]));
  return (umap as unknown as WithGraph).graph;
}

describe('memberships, joined', () => {
  for (const [name, matrix] of Object.entries({
    'rows of chance': gaussianMatrix(400, 12, 21),
    groups: groupedRows(10, 40, 16, 22),
  })) {
    it(`are the fuzzy set of umap-js, of ${name}`, () => {
      const placed = finish(placedNeighbors(listsOf(matrix).bytes, 400));
      const { offsets, targets, weights } = finish(symmetricEdges(placed, finish(memberships(placed)), 0));
      const graph = umapGraph(placed);
      let worst = 0;
      for (let point = 0; point < 400; point++) {
        for (let edge = offsets[point] ?? 0; edge < (offsets[point + 1] ?? 0); edge++) {
          const theirs = graph.get(point, targets[edge] ?? -1, 0);
          worst = Math.max(worst, Math.abs((weights[edge] ?? NaN) - theirs));
        }
      }
      assert.ok(worst < 1e-5, String(worst));
      assert.equal(weights.length, graph.getValues().filter((value) => value > 0).length);
    });
  }
});
