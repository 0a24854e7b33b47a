import assert from 'node:assert/strict';
import { placedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { finish } from '../../../../src/core/work/steps';
import { ListBytes } from './nearestLists';

describe('placedNeighbors', () => {
  it('leaves the row itself out, wherever it is in its list, and takes the next fifteen', () => {
    const lists = new ListBytes(40);
    for (let row = 0; row < 40; row++) {
      lists.set(
        row,
        Array.from({ length: 32 }, (_, place) => [(row + place * 3) % 40, 1 - place / 100]),
      );
    }
    lists.set(7, [
      [6, 1],
      [7, 1],
      [8, 0.5],
    ]);
    const { ids, offsets, neighbors, similarities } = finish(placedNeighbors(lists.bytes, 40));
    assert.deepEqual([...ids], [...Array(40).keys()]);
    const of = (array: Uint32Array | Float32Array, point: number): number[] => [
      ...array.subarray(offsets[point], offsets[point + 1]),
    ];
    assert.deepEqual(of(neighbors, 7).slice(0, 2), [6, 8]);
    assert.deepEqual(of(similarities, 7).slice(0, 2), [1, 0.5]);
    assert.deepEqual(
      of(neighbors, 0),
      Array.from({ length: 15 }, (_, place) => (3 * (place + 1)) % 40),
    );
  });

  it('counts rows with a list only, and leaves neighbors without one out', () => {
    const lists = new ListBytes(5);
    lists.set(1, [
      [1, 1],
      [2, 0.5],
      [4, 0.25],
    ]);
    lists.set(4, [
      [4, 1],
      [1, 0.25],
    ]);
    const { ids, offsets, neighbors, similarities } = finish(placedNeighbors(lists.bytes, 5));
    assert.deepEqual([...ids], [1, 4]);
    assert.deepEqual([...offsets], [0, 1, 2]);
    assert.deepEqual([...neighbors], [1, 0]);
    assert.deepEqual([...similarities], [0.25, 0.25]);
  });

  it('never names a row that is not there', () => {
    const lists = new ListBytes(3);
    lists.set(0, [
      [0, 1],
      [3, 0.9],
      [1, 0.8],
    ]);
    lists.set(1, [[2 ** 31, 1]]);
    assert.deepEqual([...finish(placedNeighbors(lists.bytes, 3)).neighbors], []);
    assert.throws(() => finish(placedNeighbors(lists.bytes, 4)), RangeError);
  });
});
