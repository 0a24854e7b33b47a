import assert from 'node:assert/strict';
import { PointGrid } from '../../../webview-ui/src/vocabularyMap/stage/hitTest';
import { idsInside, isInside } from '../../../webview-ui/src/vocabularyMap/stage/lasso';
import { mapBounds } from '../../../webview-ui/src/vocabularyMap/stage/mapBounds';
import { pointsLikeMap, seeded } from '../../webview/pointsLikeMap';

/** Points, and where they lie. */
const CASES: readonly (readonly [name: string, positions: Float32Array])[] = [
  ['islands, some without a place', pointsLikeMap(5_000).positions],
  ['all on one spot', new Float32Array(600).fill(3)],
  ['on a line', Float32Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? i : 7))],
  ['one far away', Float32Array.from({ length: 600 }, (_, i) => (i < 2 ? 1e6 : (i * 37) % 101))],
  ['one', new Float32Array([2, 3])],
  ['none with a place', new Float32Array([NaN, 1, 2, Infinity])],
  ['none', new Float32Array(0)],
];

describe('the hit test of the map', () => {
  for (const [name, positions] of CASES) {
    it(`finds what a look at every point finds: ${name}`, () => {
      const grid = new PointGrid(positions, mapBounds(positions).most);
      const random = seeded(11);
      for (let i = 0; i < 400; i++) {
        // About a point or anywhere, near and far.
        const some = Math.floor((random() * positions.length) / 2);
        const x = (i % 2 === 0 ? positions[2 * some] : undefined) ?? random() * 240 - 120;
        const y = (i % 2 === 0 ? positions[2 * some + 1] : undefined) ?? random() * 240 - 120;
        const reach = Math.exp(random() * 6 - 3);
        const accept = i % 3 === 0 ? (id: number) => id % 2 === 0 : undefined;
        assert.equal(grid.nearest(x, y, reach, accept), plainNearest(positions, x, y, reach, accept));
        const box = { left: x - reach, top: y - reach / 2, right: x + reach / 3, bottom: y + reach };
        const within = [...positions.keys()]
          .filter((index) => index % 2 === 0)
          .map((index) => index / 2)
          .filter((id) => {
            const [px, py] = [positions[2 * id]!, positions[2 * id + 1]!];
            return (
              px >= box.left &&
              px <= box.right &&
              py >= box.top &&
              py <= box.bottom &&
              Number.isFinite(px + py)
            );
          });
        assert.deepEqual(
          grid.inBox(box).sort((a, b) => a - b),
          within,
        );
      }
    });
  }
});

describe('the lasso', () => {
  it('holds what a line goes round, as the sum of angles tells it', () => {
    const random = seeded(23);
    let inside = 0;
    for (let i = 0; i < 300; i++) {
      const corners = 3 + Math.floor(random() * 12);
      // Corners anywhere: most of these lines cross themselves.
      const polygon = Array.from({ length: 2 * corners }, () => random() * 10);
      for (let j = 0; j < 20; j++) {
        const [x, y] = [random() * 12 - 1, random() * 12 - 1];
        const expected = turnsAround(polygon, x, y) !== 0;
        assert.equal(isInside(polygon, x, y), expected);
        inside += expected ? 1 : 0;
      }
    }
    assert.ok(inside > 500 && inside < 5_500);
  });

  it('gives ids in order, and leaves out those that do not count', () => {
    const { positions } = pointsLikeMap(5_000);
    const grid = new PointGrid(positions, mapBounds(positions).most);
    const polygon = [-60, -60, 70, -30, 10, 80, 0, 0];
    const expected = Array.from({ length: 5_000 }, (_, id) => id).filter(
      (id) =>
        id % 3 !== 0 &&
        id % 1000 !== 999 &&
        turnsAround(polygon, positions[2 * id]!, positions[2 * id + 1]!) !== 0,
    );
    assert.ok(expected.length > 100);
    assert.deepEqual([...idsInside(polygon, positions, grid, (id) => id % 3 !== 0)], expected);
    assert.equal(idsInside([1, 2, 3, 4], positions, grid).length, 0);
  });
});

function plainNearest(
  positions: Float32Array,
  x: number,
  y: number,
  reach: number,
  accept: (id: number) => boolean = () => true,
): number | undefined {
  let best: number | undefined;
  let least = reach * reach;
  for (let id = positions.length / 2 - 1; id >= 0; id--) {
    const distance = (positions[2 * id]! - x) ** 2 + (positions[2 * id + 1]! - y) ** 2;
    // From the highest id down, so that of equals the lowest stays.
    if (distance <= least && accept(id) && Number.isFinite(distance)) {
      best = id;
      least = distance;
    }
  }
  return best;
}

/** How often a closed line goes round a point: the sum of the angles under which its edges are seen. */
function turnsAround(polygon: readonly number[], x: number, y: number): number {
  let sum = 0;
  for (let i = 0; i < polygon.length; i += 2) {
    const j = (i + 2) % polygon.length;
    const [ax, ay, bx, by] = [polygon[i]! - x, polygon[i + 1]! - y, polygon[j]! - x, polygon[j + 1]! - y];
    sum += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  }
  return Math.round(sum / (2 * Math.PI));
}
