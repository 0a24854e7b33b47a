import assert from 'node:assert/strict';
import { LayoutRun } from '../../../../src/core/embedding/layout/layoutRun';
import { memberships } from '../../../../src/core/embedding/layout/memberships';
import { placedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { repulsionRamp } from '../../../../src/core/embedding/layout/repulsionRamp';
import { SeededNumbers } from '../../../../src/core/embedding/layout/seededNumbers';
import { symmetricEdges, type SymmetricEdges } from '../../../../src/core/embedding/layout/symmetricEdges';
import { instantiateKernel } from '../../../../src/core/embedding/kernel/kernelModule';
import { finish } from '../../../../src/core/work/steps';
import { gaussianMatrix } from '../testMatrix';
import { listsOf } from './nearestLists';
import { fingerprintOf, groupedRows, layOutRows } from './smallLayout';
import { SMALL_LAYOUT_FINGERPRINT, smallLayoutFingerprint } from './pinnedLayout';

const f = Math.fround;

/** All epochs as a plain loop over single-precision numbers. */
function plainRun(
  { offsets, targets, weights }: SymmetricEdges,
  start: Float32Array,
  epochs: number,
  lanes: Uint32Array,
): Float32Array {
  const xy = Float32Array.from(start);
  const at = (index: number): number => xy[index] ?? NaN;
  const pointCount = start.length / 2;
  const periods = weights.map((weight) => 1 / weight);
  const dues = Float32Array.from(periods);
  const repulsions = repulsionRamp(epochs);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = f(1 - epoch / epochs);
    const strength = f(2 * (repulsions[epoch] ?? NaN));
    for (let point = 0; point < pointCount; point++) {
      for (let edge = offsets[point] ?? 0; edge < (offsets[point + 1] ?? 0); edge++) {
        if ((dues[edge] ?? NaN) > epoch) {
          continue;
        }
        dues[edge] = f((dues[edge] ?? NaN) + (periods[edge] ?? NaN));
        const other = targets[edge] ?? 0;
        const dx = f(at(2 * point) - at(2 * other));
        const dy = f(at(2 * point + 1) - at(2 * other + 1));
        const pull = f(f(-2 / f(1 + f(f(dx * dx) + f(dy * dy)))) * rate);
        xy[2 * other] = f(at(2 * other) - f(pull * dx));
        xy[2 * other + 1] = f(at(2 * other + 1) - f(pull * dy));
        xy[2 * point] = f(at(2 * point) + f(pull * dx));
        xy[2 * point + 1] = f(at(2 * point + 1) + f(pull * dy));
        for (let round = 0; round < 2; round++) {
          const pushes = [0, 1, 2, 3].map((lane) => {
            let state = lanes[lane] ?? 0;
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            lanes[lane] = state;
            const random = Math.trunc(f(((state >>> 0) >>> 8) * f(pointCount / 16777216)));
            const away = [0, 1].map((axis) => f(at(2 * point + axis) - at(2 * random + axis)));
            const [x = 0, y = 0] = away;
            const squared = f(f(x * x) + f(y * y));
            const force = f(strength / f(f(f(0.001) + squared) * f(1 + squared)));
            const push = Math.min(force, f(4 / f(Math.sqrt(squared))));
            return away.map((part) => f(push * part));
          });
          for (const axis of [0, 1]) {
            const [a = 0, b = 0, c = 0, d = 0] = pushes.map((push) => push[axis] ?? NaN);
            xy[2 * point + axis] = f(at(2 * point + axis) + f(rate * f(f(a + b) + f(c + d))));
          }
        }
      }
    }
  }
  return xy;
}

function randomStart(pointCount: number, random: SeededNumbers): Float32Array {
  return Float32Array.from({ length: 2 * pointCount }, () => 10 * random.signed());
}

function edgesOf(rowCount: number, epochs: number): SymmetricEdges {
  const placed = finish(placedNeighbors(listsOf(gaussianMatrix(rowCount, 10, 9)).bytes, rowCount));
  return finish(symmetricEdges(placed, finish(memberships(placed)), 1 / epochs));
}

describe('LayoutRun', () => {
  for (const epochs of [2, 30]) {
    it(`moves 300 points in ${epochs} epochs as a plain loop in single precision does, bit for bit`, () => {
      const edges = edgesOf(300, epochs);
      const start = randomStart(300, new SeededNumbers(7));
      const run = new LayoutRun(edges, start, { epochs, seed: 3 }, new SeededNumbers(3));
      while (!run.isDone) {
        run.step();
      }
      const random = new SeededNumbers(3);
      const lanes = Uint32Array.from({ length: 4 }, () => random.uint32() | 1);
      const expected = plainRun(edges, start, epochs, lanes);
      assert.notDeepEqual(expected, start);
      assert.deepEqual(run.positions(), expected);
    });
  }

  it('does an epoch of many edges in several steps, with the same result', () => {
    const pointCount = 7_000;
    const random = new SeededNumbers(2);
    const edges = {
      offsets: Uint32Array.from({ length: pointCount + 1 }, (_, point) => point * 100),
      targets: Uint32Array.from({ length: pointCount * 100 }, () => random.uint32() % pointCount),
      weights: Float32Array.from({ length: pointCount * 100 }, () => (random.signed() + 1.1) / 2.2),
    };
    const start = randomStart(pointCount, random);
    const run = new LayoutRun(edges, start, { epochs: 2, seed: 3 }, new SeededNumbers(3));
    let steps = 0;
    while (!run.isDone) {
      run.step();
      steps++;
    }
    assert.equal(run.epochsDone, 2);
    assert.ok(steps > 4);
    const again = new SeededNumbers(3);
    const lanes = Uint32Array.from({ length: 4 }, () => again.uint32() | 1);
    assert.deepEqual(run.positions(), plainRun(edges, start, 2, lanes));
  });

  it('keeps two groups apart that one edge joins', () => {
    const size = 30;
    const weightOf = (a: number, b: number): number =>
      Math.floor(a / size) === Math.floor(b / size) ? 1 : a % size === 0 && b % size === 0 ? 0.5 : 0;
    const points = [...Array(2 * size).keys()];
    const lists = points.map((point) =>
      points.filter((other) => other !== point && weightOf(point, other) > 0),
    );
    const edges = {
      offsets: Uint32Array.from([0, ...lists], (_, end) =>
        lists.slice(0, end).reduce((sum, list) => sum + list.length, 0),
      ),
      targets: Uint32Array.from(lists.flat()),
      weights: Float32Array.from(lists.flatMap((list, point) => list.map((other) => weightOf(point, other)))),
    };
    const random = new SeededNumbers(1);
    const run = new LayoutRun(edges, randomStart(2 * size, random), { epochs: 200, seed: 1 }, random);
    while (!run.isDone) {
      run.step();
    }
    const positions = run.positions();
    const middles = [0, size].map((first) =>
      [0, 1].map((axis) => {
        const values = points.slice(first, first + size).map((point) => positions[2 * point + axis] ?? NaN);
        return values.reduce((sum, value) => sum + value, 0) / size;
      }),
    );
    const distanceTo = (point: number, group: number): number =>
      Math.hypot(
        ...[0, 1].map((axis) => (positions[2 * point + axis] ?? NaN) - (middles[group]?.[axis] ?? NaN)),
      );
    points.forEach((point) => {
      const own = Math.floor(point / size);
      assert.ok(distanceTo(point, own) < distanceTo(point, 1 - own));
    });
  });

  it('refuses settings that no layout can have', () => {
    const edges = edgesOf(20, 10);
    for (const settings of [
      { epochs: 0, seed: 1 },
      { epochs: 1.5, seed: 1 },
      { epochs: 1e9, seed: 1 },
      { epochs: 10, seed: -1 },
      { epochs: 10, seed: 2 ** 32 },
    ]) {
      assert.throws(
        () => new LayoutRun(edges, new Float32Array(40), settings, new SeededNumbers(1)),
        RangeError,
      );
    }
  });

  it('finds no data of the compiler where its own could lie', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    instantiateKernel(memory);
    assert.ok(new Uint8Array(memory.buffer).every((byte) => byte === 0));
  });
});

describe('the repulsion', () => {
  it('grows from a half to 24 at half time, and stays there', () => {
    const ramp = [...repulsionRamp(400)];
    assert.equal(ramp[0], 0.5);
    assert.ok(Math.abs((ramp[100] ?? 0) - 0.5 * Math.sqrt(48)) < 1e-5);
    assert.ok(ramp.every((value, epoch) => epoch === 0 || value >= (ramp[epoch - 1] ?? Infinity)));
    assert.ok(ramp.slice(200).every((value) => value === 24));
    assert.ok((ramp[199] ?? 0) < 24);
    for (const epochs of [1, 2, 3]) {
      assert.equal(repulsionRamp(epochs).length, epochs);
    }
  });
});

describe('a whole layout', () => {
  it('has the pinned bytes', () => {
    assert.equal(smallLayoutFingerprint(), SMALL_LAYOUT_FINGERPRINT);
  });

  it('is another one for another seed', () => {
    const matrix = groupedRows(4, 30, 12, 4);
    const [first, second, third] = [1, 1, 2].map((seed) =>
      fingerprintOf(layOutRows(matrix, { epochs: 50, seed }).positions),
    );
    assert.equal(first, second);
    assert.notEqual(first, third);
  });

  it('keeps planted groups apart', () => {
    const groups = 40;
    const rowsOfGroup = 60;
    const { positions, quality } = layOutRows(groupedRows(groups, rowsOfGroup, 24, 11), {
      epochs: 400,
      seed: 1,
    });
    let own = 0;
    const count = groups * rowsOfGroup;
    for (let point = 0; point < count; point++) {
      let nearest = -1;
      let least = Infinity;
      for (let other = 0; other < count; other++) {
        const squared =
          ((positions[2 * point] ?? 0) - (positions[2 * other] ?? 0)) ** 2 +
          ((positions[2 * point + 1] ?? 0) - (positions[2 * other + 1] ?? 0)) ** 2;
        if (other !== point && squared < least) {
          least = squared;
          nearest = other;
        }
      }
      own += Math.floor(nearest / rowsOfGroup) === Math.floor(point / rowsOfGroup) ? 1 : 0;
    }
    assert.ok(own / count >= 0.99, `${own} of ${count}`);
    assert.ok(quality.figures.near > 0.95);
  });

  it('keeps equal rows together, and gives rows without a list no place', () => {
    const matrix = groupedRows(6, 40, 12, 5);
    const { dimension, values } = matrix;
    // Twenty copies of the first row, and then a row that is not a number.
    for (let row = 1; row <= 20; row++) {
      values.copyWithin(row * dimension, 0, dimension);
    }
    values.fill(NaN, 30 * dimension, 31 * dimension);
    const { positions, placed } = layOutRows(matrix, { epochs: 400, seed: 1 });
    assert.equal(placed.ids.length, 239);
    assert.ok(!placed.ids.includes(30));
    assert.ok(positions.every(Number.isFinite));
    const spread = (points: readonly number[]): number => {
      const xs = points.map((point) => positions[2 * point] ?? NaN);
      return Math.max(...xs) - Math.min(...xs);
    };
    assert.ok(spread([...Array(21).keys()]) < 0.15 * spread([...placed.ids.keys()]));
  });
});
