import assert from 'node:assert/strict';
import { createKernel } from '../../../src/core/embedding/kernel/createKernel';
import { scalarKernel } from '../../../src/core/embedding/kernel/scalarKernel';
import type { ScreeningKernel, ScreeningMatrix } from '../../../src/core/embedding/kernel/screeningKernel';
import { createSimdKernel } from '../../../src/core/embedding/kernel/simdKernel';
import { accurateScores, bruteForceScores } from './bruteForce';
import {
  adversarialMatrix,
  gaussianMatrix,
  normalFrom,
  rowOf,
  seededRandom,
  type TestMatrix,
} from './testMatrix';

const KERNELS = [scalarKernel, createSimdKernel()];

/** rows × dimension: one of each, odd ones, whole blocks, one more and one less than whole blocks, a whole vocabulary. */
const SHAPES: [number, number][] = [
  [1, 1],
  [2, 8],
  [3, 5],
  [7, 17],
  [64, 16],
  [65, 31],
  [250, 129],
  [1023, 767],
  [50257, 9],
];

function fill(
  kernel: ScreeningKernel,
  { rowCount, dimension, values }: TestMatrix,
  chunk = rowCount,
): ScreeningMatrix {
  const matrix = kernel.allocate(rowCount, dimension);
  for (let row = 0; row < rowCount; row += chunk) {
    const rows = Math.min(chunk, rowCount - row);
    matrix.rows(row, rows).set(values.subarray(row * dimension, (row + rows) * dimension));
    matrix.normalize(row, rows);
  }
  return matrix;
}

function screened(matrix: ScreeningMatrix, query: Float64Array): Float32Array {
  const target = new Float32Array(matrix.rowCount);
  matrix.screen(query, target);
  return target;
}

function exact(matrix: ScreeningMatrix, query: Float64Array): Float64Array {
  const target = new Float64Array(matrix.rowCount);
  matrix.exactCosines(
    query,
    Uint32Array.from({ length: matrix.rowCount }, (_, row) => row),
    target,
  );
  return target;
}

/** Largest |screened − exact| of the ranked rows, and whether the others agree. */
function largestError(approximate: ArrayLike<number>, scores: Float64Array): number {
  let largest = 0;
  scores.forEach((score, row) => {
    const value = approximate[row] ?? NaN;
    if (score === -Infinity) {
      assert.equal(value, -Infinity, `row ${row}`);
    } else {
      const error = Math.abs(value - score);
      assert.ok(error <= 2, `row ${row}: ${value} is no similarity`);
      largest = Math.max(largest, error);
    }
  });
  return largest;
}

function randomQuery(dimension: number, random: () => number): Float64Array {
  return new Float64Array(dimension).map(() => normalFrom(random));
}

describe('screening kernels', () => {
  it('are the SIMD one where WebAssembly SIMD exists, and the loop where it does not', () => {
    assert.equal(createKernel().name, 'wasm-simd');
    const { validate } = WebAssembly;
    try {
      WebAssembly.validate = () => false;
      assert.equal(createKernel().name, 'scalar');
    } finally {
      WebAssembly.validate = validate;
    }
  });

  for (const kernel of KERNELS) {
    describe(kernel.name, () => {
      for (const [rowCount, dimension] of SHAPES) {
        it(`agrees with brute force on ${rowCount} × ${dimension}, within its bound`, () => {
          const test = adversarialMatrix(rowCount, dimension, 11 * rowCount + dimension);
          const matrix = fill(kernel, test, 100);
          const random = seededRandom(5);
          for (let repetition = 0; repetition < (rowCount > 1000 ? 2 : 8); repetition++) {
            const query = randomQuery(dimension, random);
            const scores = bruteForceScores(test, query);
            assert.deepEqual(exact(matrix, query), scores);
            const error = largestError(screened(matrix, query), scores);
            assert.ok(error <= matrix.errorBound, `${error} > ${matrix.errorBound}`);
          }
        });
      }

      it('never exceeds its bound where all roundings pull in one direction', () => {
        let closest = 0;
        for (const dimension of [1, 15, 16, 17, 768, 4096]) {
          const random = seededRandom(dimension);
          const rows = 40;
          // All terms positive and of like size: no error is canceled by another.
          const test = gaussianMatrix(rows, dimension, 3);
          for (let row = 0; row < rows; row++) {
            // Of the last: just below the middle of two bfloat16, so every value is rounded down by nearly half a unit.
            const step = row === rows - 2 ? 1 + 2 ** -8 - 2 ** -20 : 1 + row * 2 ** -23;
            rowOf(test, row).forEach((_, j, values) => {
              values[j] = row % 2 === 0 ? step : 1 + random() * 2 ** -10;
            });
          }
          const matrix = fill(kernel, test);
          for (let repetition = 0; repetition < 12; repetition++) {
            const query = new Float64Array(dimension).map(() => 1 + random() * 2 ** -(repetition % 12));
            const error = largestError(screened(matrix, query), bruteForceScores(test, query));
            assert.ok(error <= matrix.errorBound, `${dimension}: ${error} > ${matrix.errorBound}`);
            closest = Math.max(closest, error / matrix.errorBound);
          }
        }
        // The test can fail: errors of the bound's order are produced.
        assert.ok(
          closest > (kernel.name === 'scalar' ? 0.02 : 0.98),
          `only ${closest} of the bound was used`,
        );
      });

      it('keeps lengths in double precision, 0 for zero rows and NaN for rows with NaN or infinity', () => {
        const test = adversarialMatrix(500, 37, 2);
        const { norms } = fill(kernel, test, 7);
        norms.forEach((norm, row) => {
          const values = Array.from(rowOf(test, row));
          if (!values.every(Number.isFinite)) {
            assert.ok(Number.isNaN(norm), `row ${row}`);
          } else {
            const expected = Math.hypot(...values);
            assert.ok(Math.abs(norm - expected) <= 1e-14 * expected, `row ${row}: ${norm}, not ${expected}`);
          }
        });
        assert.ok(norms.some((norm) => norm === 0) && norms.some(Number.isNaN));
      });

      it('gives rows back as they were written, and as unit vectors', () => {
        const test = adversarialMatrix(300, 21, 8);
        const matrix = fill(kernel, test);
        const copy = new Float64Array(21);
        for (let row = 0; row < 300; row++) {
          const values = Float64Array.from(rowOf(test, row));
          if (!values.every(Number.isFinite)) {
            assert.throws(() => matrix.unitRow(row, copy), RangeError);
            assert.throws(() => matrix.copyRow(row, copy), /token id \d+ holds NaN or infinity/);
            continue;
          }
          matrix.copyRow(row, copy);
          assert.deepEqual(copy, values);
          matrix.unitRow(row, copy);
          const length = Math.hypot(...copy);
          assert.ok(values.every((value) => value === 0) ? length === 0 : Math.abs(length - 1) < 1e-14);
        }
        assert.throws(() => matrix.unitRow(300, copy), /300 is outside the vocabulary, 0 … 299/);
        assert.throws(() => matrix.unitRow(-1, copy), RangeError);
        assert.throws(() => matrix.unitRow(0.5, copy), RangeError);
      });

      it('scores a row against itself, its duplicates and its power-of-two copies as exactly 1', () => {
        const test = gaussianMatrix(40, 100, 77);
        const powers = [1, 2, 4, 2 ** 60, 2 ** 100, 2 ** -60, 2 ** -100];
        powers.forEach((power, index) => {
          rowOf(test, 20 + index).set(rowOf(test, 3).map((value) => value * power));
        });
        const matrix = fill(kernel, test);
        const query = Float64Array.from(rowOf(test, 3));
        const scores = exact(matrix, query);
        for (const row of [3, ...powers.map((_, index) => 20 + index)]) {
          assert.equal(scores[row], 1, `row ${row}`);
        }
        assert.ok(scores.filter((score) => score === 1).length === powers.length + 1);
      });

      it('does not depend on the length of the query, however extreme', () => {
        const test = gaussianMatrix(30, 50, 4);
        const matrix = fill(kernel, test);
        const query = randomQuery(50, seededRandom(1));
        const scores = exact(matrix, query);
        for (const power of [2 ** -1000, 2 ** -300, 2 ** 300, 2 ** 1000]) {
          const scaled = query.map((value) => value * power);
          assert.deepEqual(exact(matrix, scaled), scores);
          assert.ok(largestError(screened(matrix, scaled), scores) <= matrix.errorBound);
        }
      });

      it('scores everything 0 against a zero query, and refuses a query that is not finite', () => {
        const matrix = fill(kernel, gaussianMatrix(5, 6, 1));
        assert.deepEqual(screened(matrix, new Float64Array(6)), new Float32Array(5));
        assert.deepEqual(exact(matrix, new Float64Array(6)), new Float64Array(5));
        assert.throws(() => screened(matrix, new Float64Array(6).fill(NaN)), RangeError);
        assert.throws(() => screened(matrix, new Float64Array(7)), RangeError);
      });

      it('refuses impossible shapes, and sizes beyond memory with the figure in MB', () => {
        assert.throws(() => kernel.allocate(0, 5), RangeError);
        assert.throws(() => kernel.allocate(5, 1.5), RangeError);
        assert.throws(() => kernel.allocate(2 ** 22, 2 ** 16), {
          name: 'RangeError',
          message: kernel.name === 'scalar' ? /1,099,\d{3} MB/ : /1,649,\d{3} MB/,
        });
      });
    });
  }

  it('compute exact scores close to accurate ones', () => {
    const test = gaussianMatrix(400, 768, 12);
    const matrix = fill(scalarKernel, test);
    const query = randomQuery(768, seededRandom(13));
    assert.ok(largestError(exact(matrix, query), accurateScores(test, query)) < 1e-15);
  });

  it('have the same exact scores and lengths, bit by bit', () => {
    const test = adversarialMatrix(777, 83, 31);
    const [loop, simd] = KERNELS.map((kernel) => fill(kernel, test, 50)) as [
      ScreeningMatrix,
      ScreeningMatrix,
    ];
    assert.deepEqual(simd.norms, loop.norms);
    const query = randomQuery(83, seededRandom(3));
    assert.deepEqual(exact(simd, query), exact(loop, query));
  });
});
