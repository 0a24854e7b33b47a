import assert from 'node:assert/strict';
import { judgeLayout, shareBeside } from '../../../../src/core/embedding/layout/layoutQuality';
import { NearestPoints } from '../../../../src/core/embedding/layout/nearestPoints';
import { placedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { PointTree } from '../../../../src/core/embedding/layout/pointTree';
import { finish } from '../../../../src/core/work/steps';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';
import { gaussianMatrix } from '../testMatrix';
import { listsOf } from './nearestLists';

const COUNT = 500;

/** Points in clumps, on a coarse lattice in part, so that many are equally far, and some that coincide. */
function hardPoints(seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: 2 * COUNT }, (_, at) => {
    const clump = Math.floor(at / 2) % 5;
    const value = clump * 3 + random() * 4;
    return clump === 0 ? 1 : clump < 3 ? Math.round(value) : value;
  });
}

/** All other points, nearest first, equally far ones by their number. */
function ranked(positions: Float32Array, point: number): number[] {
  const squared = (other: number): number =>
    ((positions[2 * point] ?? 0) - (positions[2 * other] ?? 0)) ** 2 +
    ((positions[2 * point + 1] ?? 0) - (positions[2 * other + 1] ?? 0)) ** 2;
  const others = [...Array(COUNT).keys()].filter((other) => other !== point);
  return others.sort((a, b) => squared(a) - squared(b) || a - b);
}

describe('PointTree', () => {
  for (const count of [1, 15, 100, 499, 600]) {
    it(`finds the ${count} nearest points as a sort of all does`, () => {
      const positions = hardPoints(count);
      const tree = new PointTree(positions);
      const found = new NearestPoints(count);
      for (let point = 0; point < COUNT; point += 3) {
        tree.findNearest(point, found);
        const points = [...found.points.subarray(0, found.size)].sort((a, b) => a - b);
        const expected = ranked(positions, point).slice(0, count);
        assert.deepEqual(
          points,
          expected.sort((a, b) => a - b),
        );
      }
    });
  }
});

describe('judgeLayout', () => {
  it('counts what a sort of all distances counts', () => {
    const placed = finish(placedNeighbors(listsOf(gaussianMatrix(COUNT, 8, 6)).bytes, COUNT));
    const positions = hardPoints(7);
    const { near, figures } = finish(judgeLayout(positions, placed));
    const expected = { kept: 0, near: 0, noneKept: 0 };
    for (let point = 0; point < COUNT; point++) {
      const order = ranked(positions, point);
      const neighbors = [...placed.neighbors.subarray(placed.offsets[point], placed.offsets[point + 1])];
      const within = (limit: number): number =>
        neighbors.filter((neighbor) => order.indexOf(neighbor) < limit).length;
      assert.equal(near[point], within(100));
      expected.kept += within(15);
      expected.near += within(100);
      expected.noneKept += within(15) === 0 ? 1 : 0;
    }
    assert.equal(figures.kept, expected.kept / (15 * COUNT));
    assert.equal(figures.near, expected.near / (15 * COUNT));
    assert.equal(figures.noneKept, expected.noneKept / COUNT);
  });

  it('counts as torn what lies farther apart than a quarter of the map', () => {
    // A line of 101 points, one apart: 95 % of them lie within 48 of the middle, a quarter of the map is 24.
    const positions = Float32Array.from({ length: 202 }, (_, at) => (at % 2 === 0 ? at / 2 : 0));
    const offsets = Uint32Array.from({ length: 102 }, (_, point) => (point === 0 ? 0 : point === 1 ? 3 : 4));
    const { figures } = finish(
      judgeLayout(positions, {
        ids: Uint32Array.from({ length: 101 }, (_, id) => id),
        offsets,
        neighbors: Uint32Array.of(1, 23, 25, 90),
        similarities: new Float32Array(4),
      }),
    );
    assert.equal(figures.torn, 2 / 4);
    assert.equal(figures.tornFirst, 1 / 101);
  });

  it('has figures for a map of one point, and of none', () => {
    for (const count of [0, 1]) {
      const placed = {
        ids: new Uint32Array(count),
        offsets: new Uint32Array(count + 1),
        neighbors: new Uint32Array(0),
        similarities: new Float32Array(0),
      };
      const { figures } = finish(judgeLayout(new Float32Array(2 * count), placed));
      assert.ok(Object.values(figures).every(Number.isFinite));
    }
  });
});

describe('shareBeside', () => {
  it('counts pairs nearer than a tenth of the root mean square radius', () => {
    const positions = Float32Array.of(-10, 0, 10, 0, 0, 10, 0, -10, 0.9, 10);
    assert.equal(
      shareBeside(positions, [
        [2, 4],
        [0, 1],
      ]),
      1 / 2,
    );
    assert.equal(shareBeside(positions, []), 0);
  });
});
