import assert from 'node:assert/strict';
import { memberships } from '../../../../src/core/embedding/layout/memberships';
import { placedNeighbors, type PlacedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { finish } from '../../../../src/core/work/steps';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';
import { gaussianMatrix } from '../testMatrix';
import { listsOf } from './nearestLists';

/** The smooth neighborhood of UMAP's paper (McInnes, Healy, Melville 2018, algorithm 3), in double precision and by the engine's own exp. */
function plainWeights(similarities: readonly number[]): number[] {
  const distances = similarities.map((similarity) => Math.max(0, 1 - similarity));
  const rho = distances.find((distance) => distance > 0) ?? 0;
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const weights = (sigma: number): number[] =>
    distances.map((distance) => Math.exp(-Math.max(0, distance - rho) / sigma));
  let low = 0;
  let high = 1e12;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    const sum = weights(middle).reduce((total, weight) => total + weight, 0);
    if (sum > Math.log2(15)) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return weights(Math.max(low, 0.001 * mean) || 1);
}

function neighborhoods(lists: readonly (readonly number[])[]): PlacedNeighbors {
  const offsets = Uint32Array.from({ length: lists.length + 1 }, (_, point) =>
    lists.slice(0, point).reduce((sum, list) => sum + list.length, 0),
  );
  const similarities = Float32Array.from(lists.flat());
  return {
    ids: Uint32Array.from(lists.keys()),
    offsets,
    neighbors: new Uint32Array(similarities.length),
    similarities,
  };
}

function assertWeights(placed: PlacedNeighbors): void {
  const weights = finish(memberships(placed));
  for (let point = 0; point < placed.ids.length; point++) {
    const [first, end] = [placed.offsets[point] ?? 0, placed.offsets[point + 1] ?? 0];
    const expected = plainWeights([...placed.similarities.subarray(first, end)]);
    weights.subarray(first, end).forEach((weight, place) => {
      assert.ok(Math.abs(weight - (expected[place] ?? NaN)) < 2e-5, `point ${point}, place ${place}`);
    });
  }
}

describe('memberships', () => {
  it('agree with a plain loop in double precision', () => {
    assertWeights(finish(placedNeighbors(listsOf(gaussianMatrix(700, 12, 3)).bytes, 700)));
  });

  it('agree with it for similarities of every kind', () => {
    const random = seededRandom(5);
    const lists = Array.from({ length: 300 }, (_, point) => {
      const scale = 10 ** -(point % 5);
      return Array.from({ length: 15 }, () => 1 - scale * random()).sort((a, b) => b - a);
    });
    assertWeights(neighborhoods(lists));
  });

  it('give equal rows, and the nearest of the others, all their weight', () => {
    const near = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];
    const weights = finish(memberships(neighborhoods([[1, 1, 1, ...near], Array<number>(15).fill(1)])));
    assert.deepEqual([...weights.subarray(0, 4)], [1, 1, 1, 1]);
    assert.ok((weights[4] ?? 1) < 1);
    assert.deepEqual([...weights.subarray(13)], Array<number>(15).fill(1));
  });

  it('count all of few neighbors nearly whole, and none where there are none', () => {
    const weights = finish(memberships(neighborhoods([[0.9, 0.5, -1], [], [0.2]])));
    assert.equal(weights.length, 4);
    weights.forEach((weight) => {
      assert.ok(weight > 0.999 && weight <= 1);
    });
  });
});
