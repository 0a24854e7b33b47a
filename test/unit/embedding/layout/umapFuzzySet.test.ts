import assert from 'node:assert/strict';
import { memberships } from '../../../../src/core/embedding/layout/memberships';
import { placedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { symmetricEdges } from '../../../../src/core/embedding/layout/symmetricEdges';
import { finish } from '../../../../src/core/work/steps';
import { umapOf } from '../../../fixtures/umapLayout';
import { gaussianMatrix } from '../testMatrix';
import { listsOf } from './nearestLists';
import { groupedRows } from './smallLayout';

/** What umap-js keeps to itself: its fuzzy set. */
interface WithGraph {
  readonly graph: { get(row: number, column: number, otherwise: number): number; getValues(): number[] };
}

describe('memberships, joined', () => {
  for (const [name, matrix] of Object.entries({
    'rows of chance': gaussianMatrix(400, 12, 21),
    groups: groupedRows(10, 40, 16, 22),
  })) {
    it(`are the fuzzy set of umap-js, of ${name}`, () => {
      const placed = finish(placedNeighbors(listsOf(matrix).bytes, 400));
      const { offsets, targets, weights } = finish(symmetricEdges(placed, finish(memberships(placed)), 0));
      const { graph } = umapOf(placed, 1) as unknown as WithGraph;
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
