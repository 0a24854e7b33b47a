import assert from 'node:assert/strict';
import { densestSpots } from '../../../../src/core/embedding/layout/densestSpots';
import { typicalDiameter } from '../../../../src/core/embedding/layout/layoutExtent';
import { finish } from '../../../../src/core/work/steps';
import { SeededRandom } from '../../../fixtures/checkpoints/seededRandom';

/** Half the radius of the disc on which a region would lie if all points were spread evenly. */
function radiusOf(positions: Float32Array, memberCount: number): number {
  return (typicalDiameter(positions) / 4) * Math.sqrt((2 * memberCount) / positions.length);
}

function slowSpot(positions: Float32Array, members: readonly number[]): readonly [x: number, y: number] {
  const radius = radiusOf(positions, members.length);
  const xOf = (point: number): number => positions[2 * point] ?? NaN;
  const yOf = (point: number): number => positions[2 * point + 1] ?? NaN;
  let best: readonly number[] = [];
  for (const point of members) {
    const near = members.filter(
      (other) => (xOf(other) - xOf(point)) ** 2 + (yOf(other) - yOf(point)) ** 2 <= radius * radius,
    );
    best = near.length > best.length ? near : best;
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean(best.map(xOf)), mean(best.map(yOf))];
}

/** Regions in clumps of several sizes, torn into two in part, on a lattice in part, so that many members have as many near them. */
function randomRegions(regionCount: number, count: number, seed: number) {
  const random = new SeededRandom(seed);
  const centers = Array.from({ length: 2 * regionCount }, () => [20 * random.normal(), 20 * random.normal()]);
  const regionOf = Uint32Array.from({ length: count }, (_, point) =>
    point < regionCount ? point : Math.floor(regionCount * random.uniform() ** 2),
  );
  const positions = new Float32Array(2 * count);
  regionOf.forEach((region, point) => {
    const [x = 0, y = 0] = centers[2 * region + (random.uniform() < 0.3 ? 1 : 0)] ?? [];
    const spread = random.uniform() < 0.5 ? 0.5 : 4;
    const place = [x + spread * random.normal(), y + spread * random.normal()];
    positions.set(region % 2 === 0 ? place.map(Math.round) : place, 2 * point);
  });
  return { positions, regionOf };
}

describe('densestSpots', () => {
  for (const [regionCount, count] of [
    [1, 300],
    [7, 500],
    [60, 700],
    [200, 200],
  ] as const) {
    it(`are where a count around every member finds them, in ${regionCount} regions`, () => {
      const { positions, regionOf } = randomRegions(regionCount, count, regionCount);
      const spots = finish(densestSpots(positions, regionOf, regionCount));
      assert.equal(spots.length, 2 * regionCount);
      for (let region = 0; region < regionCount; region++) {
        const members = [...regionOf.keys()].filter((point) => regionOf[point] === region);
        const [x, y] = slowSpot(positions, members);
        assert.ok(Math.abs((spots[2 * region] ?? NaN) - x) < 1e-4, `region ${region}`);
        assert.ok(Math.abs((spots[2 * region + 1] ?? NaN) - y) < 1e-4, `region ${region}`);
      }
    });
  }

  it('lie in the larger part of a torn region, not between the parts', () => {
    const clump = (x: number, size: number): number[] =>
      Array.from({ length: size }, (_, at) => [x + 0.1 * (at % 5), 0.1 * Math.floor(at / 5)]).flat();
    const positions = Float32Array.from([...clump(-50, 40), ...clump(50, 60)]);
    const [x = NaN] = finish(densestSpots(positions, new Uint32Array(100), 1));
    assert.ok(x > 49 && x < 51);
  });

  it('are found in steps, between small regions and within a large one', () => {
    for (const [regionCount, count, least] of [
      [300, 300, 300],
      [1, 2_000, 20],
    ] as const) {
      const { positions, regionOf } = randomRegions(regionCount, count, 1);
      const steps = [...densestSpots(positions, regionOf, regionCount)];
      assert.ok(steps.length >= least, `${steps.length} steps`);
    }
  });

  it('are there for points that all coincide', () => {
    const spots = finish(densestSpots(new Float32Array(10).fill(3), Uint32Array.of(0, 1, 0, 1, 1), 2));
    assert.deepEqual([...spots], [3, 3, 3, 3]);
  });
});
