import assert from 'node:assert/strict';
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import {
  centeredProducts,
  misplacedPoints,
  principalComponents,
} from '../../../src/core/embedding/projection';
import { symmetricEigen } from '../../../src/core/embedding/symmetricEigen';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { normalFrom } from './testMatrix';

function randomPoints(count: number, dimension: number, seed: number): Float64Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    new Float64Array(dimension).map((_, j) => normalFrom(random) / (1 + j / 4)),
  );
}

describe('symmetricEigen', () => {
  for (const n of [1, 2, 3, 10, 60, 201]) {
    it(`agrees with ml-matrix on ${n} × ${n}, with orthonormal vectors`, () => {
      const random = seededRandom(n);
      const matrix = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          matrix[i * n + j] = matrix[j * n + i] = normalFrom(random);
        }
      }
      checkEigen(matrix, n);
    });
  }

  it('copes with equal eigenvalues, zero and diagonal matrices, and matrices of rank one', () => {
    const diagonal = new Float64Array(25);
    [3, 3, 0, -1, 3].forEach((value, i) => {
      diagonal[i * 6] = value;
    });
    checkEigen(diagonal, 5);
    checkEigen(new Float64Array(36), 6);
    checkEigen(new Float64Array(49).fill(2), 7);
    checkEigen(
      new Float64Array(49).map((_, i) => ((i % 7) + 1) * (Math.floor(i / 7) + 1) * 1e-200),
      7,
    );
  });

  it('converges for matrices of low rank, whose other eigenvalues are only rounding', () => {
    for (const rank of [1, 2, 5, 12, 30]) {
      const n = 120;
      const points = randomPoints(n, rank, rank);
      checkEigen(
        new Float64Array(n * n).map((_, i) => {
          const [a, b] = [points[Math.floor(i / n)], points[i % n]];
          return a?.reduce((sum, value, j) => sum + value * (b?.[j] ?? NaN), 0) ?? NaN;
        }),
        n,
      );
    }
  });

  it('refuses what is not finite', () => {
    assert.throws(() => symmetricEigen(new Float64Array([NaN]), 1), RangeError);
  });
});

function checkEigen(matrix: Float64Array, n: number): void {
  const { values, vectors } = symmetricEigen(matrix, n);
  const rows = Array.from({ length: n }, (_, i) => Array.from(matrix.subarray(i * n, (i + 1) * n)));
  const scale = matrix.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) * n;
  const expected = new EigenvalueDecomposition(new Matrix(rows), {
    assumeSymmetric: true,
  }).realEigenvalues.sort((a, b) => b - a);
  values.forEach((value, i) => {
    assert.ok(Math.abs(value - (expected[i] ?? NaN)) <= 1e-13 * scale, `${value}, not ${expected[i]}`);
    const vector = vectors[i] ?? new Float64Array();
    vectors.forEach((other, j) => {
      const product = vector.reduce((sum, component, k) => sum + component * (other[k] ?? NaN), 0);
      assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-12, `${i}·${j} = ${product}`);
    });
    rows.forEach((row, k) => {
      const image = row.reduce((sum, entry, j) => sum + entry * (vector[j] ?? NaN), 0);
      assert.ok(Math.abs(image - value * (vector[k] ?? NaN)) <= 1e-12 * scale);
    });
  });
}

describe('principalComponents', () => {
  for (const [count, dimension] of [
    [2, 3],
    [3, 2],
    [12, 40],
    [60, 12],
    [201, 96],
    [201, 12],
    [201, 2],
  ] as const) {
    it(`agrees with a singular value decomposition of ${count} points in ${dimension} dimensions`, () => {
      const points = randomPoints(count, dimension, count);
      const projection = principalComponents(points);
      const data = new Matrix(points.map((point) => Array.from(point)));
      const centered = data.center('column');
      const svd = new SingularValueDecomposition(centered, { autoTranspose: true });
      const total = svd.diagonal.reduce((sum, value) => sum + value * value, 0);
      for (const axis of [0, 1] as const) {
        const singular = svd.diagonal[axis] ?? 0;
        assert.ok(Math.abs(projection.explained[axis] - singular ** 2 / total) < 1e-12);
        const expected = svd.leftSingularVectors.getColumn(axis).map((value) => value * singular);
        const extreme = expected.reduce(
          (far, value) => (Math.abs(value) > Math.abs(far) + 1e-9 ? value : far),
          0,
        );
        projection.points.forEach((point, i) => {
          const value = (expected[i] ?? NaN) * Math.sign(extreme);
          assert.ok(Math.abs(point[axis] - value) < 1e-9 || singular < 1e-9, `${point[axis]}, not ${value}`);
        });
      }
    });
  }

  it('gives the same map for the same points', () => {
    assert.deepEqual(
      principalComponents(randomPoints(30, 9, 1)),
      principalComponents(randomPoints(30, 9, 1)),
    );
  });

  it('gives zeros, not NaN, for no point, one point, and points that are all equal', () => {
    assert.deepEqual(principalComponents([]), { points: [], explained: [0, 0] });
    const point = new Float64Array([0.1, 0.7, -0.3]);
    assert.deepEqual(principalComponents([point]), { points: [[0, 0]], explained: [0, 0] });
    for (const count of [2, 3, 7, 201]) {
      const { points, explained } = principalComponents(Array.from({ length: count }, () => point.slice()));
      assert.deepEqual(explained, [0, 0]);
      assert.deepEqual(
        points,
        Array.from({ length: count }, () => [0, 0]),
      );
    }
    assert.deepEqual(principalComponents([new Float64Array(3), new Float64Array(3)]).explained, [0, 0]);
  });

  it('shows everything on one axis where all points lie on a line', () => {
    const { points, explained } = principalComponents(
      [0, 1, 2, 5].map((t) => new Float64Array([1 + 3 * t, 2, 4 * t])),
    );
    assert.ok(Math.abs(explained[0] - 1) < 1e-12 && explained[1] < 1e-12);
    // Distances along the line, 5 a step, from the mean at t = 2; the farthest point is positive.
    points.forEach(([x, y], i) => {
      assert.ok(Math.abs(x - ([-10, -5, 0, 15][i] ?? NaN)) < 1e-12 && Math.abs(y) < 1e-6);
    });
  });
});

describe('misplacedPoints', () => {
  it('marks nothing where the map keeps all distances', () => {
    const points = randomPoints(40, 2, 3);
    const map = points.map((point) => [point[0] ?? 0, point[1] ?? 0] as const);
    assert.deepEqual(misplacedPoints(centeredProducts(points), map), new Array(40).fill(false));
  });

  it('marks the points that the map puts beside others than their true neighbors', () => {
    // Two far groups of eight on a line; the map swaps one point of each.
    const positions = Array.from({ length: 16 }, (_, i) => (i < 8 ? i : 100 + i));
    const points = positions.map((x) => new Float64Array([x]));
    const map = positions.map((x) => [x, 0] as [number, number]);
    [map[2], map[12]] = [map[12] ?? [0, 0], map[2] ?? [0, 0]];
    const misplaced = misplacedPoints(centeredProducts(points), map);
    assert.deepEqual(
      misplaced.flatMap((isMisplaced, i) => (isMisplaced ? [i] : [])),
      [2, 12],
    );
  });

  it('marks nothing among up to six points, where everything is near', () => {
    const points = randomPoints(6, 20, 8);
    assert.deepEqual(
      misplacedPoints(
        centeredProducts(points),
        points.map(() => [0, 0] as const),
      ),
      new Array(6).fill(false),
    );
    assert.deepEqual(misplacedPoints(centeredProducts([]), []), []);
  });
});
