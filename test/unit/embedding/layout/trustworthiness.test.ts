import assert from 'node:assert/strict';
import { sampleSurroundings, trustworthiness } from '../../../../src/core/embedding/layout/trustworthiness';
import { SeededNumbers } from '../../../../src/core/embedding/layout/seededNumbers';

const COUNT = 200;

function randomPoints(seed: number): Float32Array {
  const random = new SeededNumbers(seed);
  return Float32Array.from({ length: 2 * COUNT }, () => random.signed());
}

function squared(points: Float32Array, a: number, b: number): number {
  return (
    ((points[2 * a] ?? 0) - (points[2 * b] ?? 0)) ** 2 +
    ((points[2 * a + 1] ?? 0) - (points[2 * b + 1] ?? 0)) ** 2
  );
}

/** All other points, nearest first. */
function ranked(points: Float32Array, point: number): number[] {
  const others = [...Array(COUNT).keys()].filter((other) => other !== point);
  return others.sort((a, b) => squared(points, point, a) - squared(points, point, b));
}

/** Of a map of points that truly lie elsewhere in the plane. */
function trustOf(map: Float32Array, truth: Float32Array, size = COUNT): number {
  const ranks = sampleSurroundings(map, size, 3).map(({ point, around }) => {
    const order = ranked(truth, point);
    return Array.from(around, (other) => order.indexOf(other) + 1);
  });
  return trustworthiness(ranks, COUNT) ?? NaN;
}

/** The definition, by sets: of each point what is among its nearest on the map, and not in truth. */
function plainTrust(map: Float32Array, truth: Float32Array): number {
  const k = 15;
  let beyond = 0;
  for (let point = 0; point < COUNT; point++) {
    const order = ranked(truth, point);
    const near = new Set(order.slice(0, k));
    for (const other of ranked(map, point).slice(0, k)) {
      beyond += near.has(other) ? 0 : order.indexOf(other) + 1 - k;
    }
  }
  return 1 - (2 * beyond) / (COUNT * k * (2 * COUNT - 3 * k - 1));
}

describe('trustworthiness', () => {
  const truth = randomPoints(1);

  it('is what its definition says', () => {
    const random = new SeededNumbers(9);
    for (const noise of [0, 0.05, 0.3, 3]) {
      const map = truth.map((value) => value + noise * random.signed());
      assert.ok(Math.abs(trustOf(map, truth) - plainTrust(map, truth)) < 1e-12);
    }
  });

  it('is 1 for a map of the truth, and about a half for one of chance', () => {
    assert.equal(trustOf(truth, truth), 1);
    assert.ok(Math.abs(trustOf(randomPoints(2), truth) - 0.5) < 0.05);
  });

  it('is not told of few points, and of none', () => {
    assert.equal(trustworthiness([[1]], 46), undefined);
    assert.equal(trustworthiness([], 1000), undefined);
  });
});

describe('a sample of surroundings', () => {
  it('has each point once, the same for the same seed', () => {
    const points = randomPoints(4);
    const all = sampleSurroundings(points, 1_000, 1).map(({ point }) => point);
    assert.deepEqual(
      all.sort((a, b) => a - b),
      [...Array(COUNT).keys()],
    );
    const some = sampleSurroundings(points, 20, 1);
    assert.deepEqual(some, sampleSurroundings(points, 20, 1));
    assert.notDeepEqual(some, sampleSurroundings(points, 20, 2));
    assert.equal(new Set(some.map(({ point }) => point)).size, 20);
  });
});
