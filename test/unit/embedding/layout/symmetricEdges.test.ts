import assert from 'node:assert/strict';
import { memberships } from '../../../../src/core/embedding/layout/memberships';
import { placedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { symmetricEdges, type SymmetricEdges } from '../../../../src/core/embedding/layout/symmetricEdges';
import { finish } from '../../../../src/core/work/steps';
import { gaussianMatrix } from '../testMatrix';
import { listsOf } from './nearestLists';

const COUNT = 200;
const placed = finish(placedNeighbors(listsOf(gaussianMatrix(COUNT, 10, 4)).bytes, COUNT));

function asMatrix({ offsets, targets, weights }: SymmetricEdges): Float64Array {
  const matrix = new Float64Array(COUNT * COUNT);
  for (let point = 0; point < COUNT; point++) {
    for (let edge = offsets[point] ?? 0; edge < (offsets[point + 1] ?? 0); edge++) {
      const at = point * COUNT + (targets[edge] ?? 0);
      assert.equal(matrix[at], 0, 'an edge is listed twice');
      matrix[at] = weights[edge] ?? NaN;
    }
  }
  return matrix;
}

describe('symmetricEdges', () => {
  const directed = finish(memberships(placed));
  const dense = new Float64Array(COUNT * COUNT);
  for (let point = 0; point < COUNT; point++) {
    for (let at = placed.offsets[point] ?? 0; at < (placed.offsets[point + 1] ?? 0); at++) {
      dense[point * COUNT + (placed.neighbors[at] ?? 0)] = directed[at] ?? NaN;
    }
  }

  for (const least of [0, 1 / 400, 0.2]) {
    it(`are the union of both directions, from a weight of ${least} on`, () => {
      const matrix = asMatrix(finish(symmetricEdges(placed, directed, least)));
      for (let row = 0; row < COUNT; row++) {
        for (let column = 0; column < COUNT; column++) {
          const a = dense[row * COUNT + column] ?? 0;
          const b = dense[column * COUNT + row] ?? 0;
          const weight = a + b - a * b;
          const found = matrix[row * COUNT + column] ?? 0;
          assert.equal(found, matrix[column * COUNT + row]);
          if (Math.abs(weight - least) > 1e-6) {
            assert.ok(Math.abs(found - (weight > least ? weight : 0)) < 1e-6);
          }
        }
      }
    });
  }
});
