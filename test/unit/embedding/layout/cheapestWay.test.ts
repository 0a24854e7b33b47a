import assert from 'node:assert/strict';
import { cheapestWay, type Way } from '../../../../src/core/embedding/layout/cheapestWay';
import { placedNeighbors, type PlacedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { PointQueue } from '../../../../src/core/embedding/layout/pointQueue';
import { finish } from '../../../../src/core/work/steps';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';
import { gaussianMatrix } from '../testMatrix';
import { ListBytes, listsOf } from './nearestLists';

/** What a step between two points costs; Infinity where neither has the other in its list. */
function stepCosts({ offsets, neighbors, similarities }: PlacedNeighbors): Float64Array[] {
  const count = offsets.length - 1;
  const costs = Array.from({ length: count }, () => new Float64Array(count).fill(Infinity));
  for (let point = 0; point < count; point++) {
    for (let at = offsets[point] ?? 0; at < (offsets[point + 1] ?? 0); at++) {
      const other = neighbors[at] ?? 0;
      const cost = Math.max(0, 1 - (similarities[at] ?? 0)) ** 2;
      for (const [one, two] of [
        [point, other],
        [other, point],
      ] as const) {
        const row = costs[one] ?? assert.fail();
        row[two] = Math.min(row[two] ?? 0, cost);
      }
    }
  }
  return costs;
}

/** The least cost between all points (Floyd 1962, Warshall 1962): no queue, and no way. */
function leastCosts(placed: PlacedNeighbors): Float64Array[] {
  const costs = stepCosts(placed);
  costs.forEach((row, point) => (row[point] = 0));
  for (const [by, onward] of costs.entries()) {
    for (const row of costs) {
      const there = row[by] ?? 0;
      onward.forEach((cost, to) => {
        row[to] = Math.min(row[to] ?? 0, there + cost);
      });
    }
  }
  return costs;
}

/** Checks that each step is one of the lists, with its cosine. @returns What the way costs. */
function costOf(way: Way, steps: readonly Float64Array[]): number {
  assert.equal(way.similarities.length, way.points.length - 1);
  return way.similarities.reduce((sum, cosine, at) => {
    const cost = Math.max(0, 1 - cosine) ** 2;
    assert.equal(cost, steps[way.points[at] ?? -1]?.[way.points[at + 1] ?? -1]);
    return sum + cost;
  }, 0);
}

/** Two clouds of points that no list joins, the first with equal rows in it. */
function twoClouds(): PlacedNeighbors {
  const matrix = gaussianMatrix(160, 6, 11);
  matrix.values.copyWithin(5 * 6, 40 * 6, 41 * 6);
  matrix.values.copyWithin(90 * 6, 40 * 6, 41 * 6);
  const { bytes } = listsOf(matrix);
  const lists = new Uint8Array(2 * bytes.length);
  lists.set(bytes);
  lists.set(bytes, bytes.length);
  const ids = new Uint32Array(lists.buffer);
  for (let at = bytes.length / 4; at < ids.length; at++) {
    // Ids stand before the scores in each list of 64 words.
    ids[at] = (ids[at] ?? 0) + (at % 64 < 32 ? 160 : 0);
  }
  return finish(placedNeighbors(lists, 320));
}

describe('cheapestWay', () => {
  const placed = twoClouds();
  const steps = stepCosts(placed);
  const least = leastCosts(placed);

  it('costs what Floyd and Warshall find, between any two points, and leads over the lists alone', () => {
    for (let from = 0; from < 320; from += 29) {
      for (let to = 0; to < 320; to += 3) {
        const way = finish(cheapestWay(placed, from, to));
        const expected = least[from]?.[to] ?? NaN;
        if (expected === Infinity) {
          assert.equal(way, undefined);
        } else {
          assert.ok(way !== undefined);
          assert.deepEqual([way.points[0], way.points.at(-1)], [from, to]);
          assert.ok(Math.abs(costOf(way, steps) - expected) <= 1e-12 * expected, `${from} to ${to}`);
        }
      }
    }
    // Both kinds are among them.
    assert.equal(least[0]?.[300], Infinity);
    assert.ok(Number.isFinite(least[1]?.[150]));
  });

  it('costs the same back, and visits no point twice', () => {
    const ways = [
      [3, 77],
      [40, 90],
      [170, 319],
    ] as const;
    for (const [from, to] of ways) {
      const there = finish(cheapestWay(placed, from, to)) ?? assert.fail();
      const back = finish(cheapestWay(placed, to, from)) ?? assert.fail();
      assert.ok(Math.abs(costOf(there, steps) - costOf(back, steps)) < 1e-12);
      assert.equal(new Set(there.points).size, there.points.length);
    }
  });

  it('goes by many short steps where these cost less, and against the direction of a list', () => {
    const lists = new ListBytes(5);
    // 0 has 4 in its list, by a long step; 1, 2 and 3 lie between, each in the list of the next alone.
    lists.set(0, [
      [0, 1],
      [4, 0.25],
    ]);
    for (const row of [1, 2, 3, 4]) {
      lists.set(row, [
        [row, 1],
        [row - 1, 0.75],
      ]);
    }
    const short = finish(placedNeighbors(lists.bytes, 5));
    assert.deepEqual(finish(cheapestWay(short, 0, 4)), {
      points: Uint32Array.of(0, 1, 2, 3, 4),
      similarities: Float32Array.of(0.75, 0.75, 0.75, 0.75),
    });
    assert.deepEqual(finish(cheapestWay(short, 2, 2)), {
      points: Uint32Array.of(2),
      similarities: new Float32Array(),
    });
  });
});

describe('PointQueue', () => {
  it('gives what is cheapest by then, the lowest of equals, whatever has fallen meanwhile', () => {
    const random = seededRandom(5);
    const costs = Float64Array.from({ length: 200 }, () => Math.floor(random() * 40));
    const queue = new PointQueue(costs);
    const waiting = new Set<number>();
    let taken = 0;
    for (let turn = 0; turn < 5_000; turn++) {
      const point = Math.floor(random() * costs.length);
      if (random() < 0.6) {
        // A point that does not wait may come again at any cost; one that waits only at a lower one.
        costs[point] = waiting.has(point) ? (costs[point] ?? 0) - random() : Math.floor(random() * 40);
        waiting.add(point);
        queue.add(point);
      } else {
        const [expected] = [...waiting].sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0) || a - b);
        assert.equal(queue.take(), expected);
        taken += expected === undefined ? 0 : 1;
        waiting.delete(expected ?? -1);
      }
    }
    assert.ok(taken > 1_000);
  });
});
