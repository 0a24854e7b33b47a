import assert from 'node:assert/strict';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { cleanVectors } from '../../../scripts/sample/cleanVectors';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';

const ROWS = 300;
const FREQUENT = 200;
const DIMENSION = 8;

describe('cleaning of the sample vectors', () => {
  it('takes mean and two main directions of the frequent words from all, as ml-matrix does it', () => {
    const random = new SeededRandom(5);
    const values = Float64Array.from(
      { length: ROWS * DIMENSION },
      (_, i) => 1 + (random.uint32() / 2 ** 32) * (i % 7),
    );
    const rows = Array.from({ length: ROWS }, (_, row) => [
      ...values.subarray(row * DIMENSION, (row + 1) * DIMENSION),
    ]);
    const unit = (row: number[]): number[] => row.map((value) => value / Math.hypot(...row));
    const units = new Matrix(rows.map(unit));
    const mean = units.subMatrix(0, FREQUENT - 1, 0, DIMENSION - 1).mean('column');
    const centered = units.subRowVector(mean);
    const { rightSingularVectors } = new SingularValueDecomposition(
      centered.subMatrix(0, FREQUENT - 1, 0, DIMENSION - 1),
    );
    const main = rightSingularVectors.subMatrix(0, DIMENSION - 1, 0, 1);
    const expected = Matrix.sub(centered, centered.mmul(main).mmul(main.transpose()))
      .to2DArray()
      .map(unit)
      .flat();

    cleanVectors({ words: [], values, dimension: DIMENSION }, FREQUENT);
    values.forEach((value, i) => {
      assert.ok(Math.abs(value - (expected[i] ?? NaN)) < 1e-9, String(i));
    });
  });
});
