import assert from 'node:assert/strict';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { principalAxes, rotated } from '../../../scripts/sample/principalAxes';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';

const ROWS = 500;
const DIMENSION = 12;

describe('principal axes of the sample vectors', () => {
  const random = new SeededRandom(3);
  const values = Float64Array.from(
    { length: ROWS * DIMENSION },
    (_, i) => ((random.uint32() / 2 ** 32) * 2 - 1) * (1 + (i % DIMENSION)),
  );
  const rows = new Matrix(
    Array.from({ length: ROWS }, (_, row) => [...values.subarray(row * DIMENSION, (row + 1) * DIMENSION)]),
  );

  it('are those that ml-matrix finds, by falling length', () => {
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(rows.transpose().mmul(rows), {
      assumeSymmetric: true,
    });
    const falling = realEigenvalues
      .map((_, i) => i)
      .sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0));
    const axes = principalAxes(values, DIMENSION);
    assert.equal(axes.length, DIMENSION);
    axes.forEach((axis, i) => {
      const expected = eigenvectorMatrix.getColumn(falling[i] ?? 0);
      const product = axis.reduce((sum, value, j) => sum + value * (expected[j] ?? 0), 0);
      assert.ok(Math.abs(Math.abs(product) - 1) < 1e-9, `axis ${String(i)}: ${String(product)}`);
    });
  });

  it('turn the rows without changing a length', () => {
    const turned = rotated(values, DIMENSION, principalAxes(values, DIMENSION));
    for (let row = 0; row < ROWS; row++) {
      const before = Math.hypot(...values.subarray(row * DIMENSION, (row + 1) * DIMENSION));
      const after = Math.hypot(...turned.subarray(row * DIMENSION, (row + 1) * DIMENSION));
      assert.ok(Math.abs(before - after) < 1e-9);
    }
  });
});
