import assert from 'node:assert/strict';
import { LabelGrid } from '../../../../src/core/query/mapLabels/labelGrid';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';

type Box = readonly [left: number, top: number, right: number, bottom: number];

const overlap = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Boxes of many sizes, on whole numbers in part so that many touch, on both sides of the origin or far from it. */
function randomBoxes(count: number, extent: number, seed: number): Box[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const round = at % 2 === 0 ? Math.round : (value: number) => value;
    const left = round((random() - 0.5) * extent);
    const top = round((random() - 0.5) * extent);
    return [left, top, left + round(random() * (at % 7 === 0 ? 400 : 90)), top + round(random() * 40)];
  });
}

describe('LabelGrid', () => {
  for (const [bits, extent] of [
    [1, 800],
    [8, 2_000],
    [12, 4e7],
  ] as const) {
    it(`finds what overlaps as a look at all boxes does, with ${2 ** bits} buckets`, () => {
      const grid = new LabelGrid(bits);
      for (const seed of [1, 2]) {
        grid.clear();
        const added: Box[] = [];
        for (const box of randomBoxes(900, extent, seed)) {
          const found = grid.firstOverlap(...box);
          const other = added[found];
          assert.equal(
            other !== undefined,
            added.some((one) => overlap(one, box)),
          );
          assert.ok(other === undefined || overlap(other, box));
          if (other === undefined || added.length % 3 === 0) {
            assert.equal(grid.add(...box), added.length);
            added.push(box);
          }
        }
      }
    });
  }

  it('lets boxes touch', () => {
    const grid = new LabelGrid(4);
    grid.add(0, 0, 64, 20);
    assert.equal(grid.firstOverlap(64, 0, 128, 20), -1);
    assert.equal(grid.firstOverlap(0, 20, 64, 40), -1);
    assert.equal(grid.firstOverlap(-64, -20, 0, 0), -1);
    assert.equal(grid.firstOverlap(63.5, 19.5, 70, 30), 0);
  });
});
