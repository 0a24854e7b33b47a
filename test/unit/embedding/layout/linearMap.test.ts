import assert from 'node:assert/strict';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { linearMap } from '../../../../src/core/embedding/linearMap';
import { MemoryRows } from '../../../../src/core/embedding/search/memoryRows';
import { finish } from '../../../../src/core/work/steps';
import { rowOf, type TestMatrix } from '../testMatrix';
import { groupedRows } from './smallLayout';

function mapOf({ rowCount, dimension, values }: TestMatrix): ReturnType<typeof read> {
  return read(finish(linearMap(new MemoryRows(rowCount, dimension, values))));
}

function read({ positions, explained }: { positions: Float32Array; explained: readonly [number, number] }) {
  return {
    xs: [...positions].filter((_, at) => at % 2 === 0),
    ys: [...positions].filter((_, at) => at % 2 === 1),
    explained,
  };
}

/** Eigenvalues and vectors of the scatter of the rows at unit length, by rising value, with the projections of the rows. */
function oracle(matrix: TestMatrix) {
  const units = Array.from({ length: matrix.rowCount }, (_, row) => {
    const values = [...rowOf(matrix, row)];
    const length = Math.hypot(...values);
    return values.map((value) => value / length);
  });
  const rows = new Matrix(units);
  const centered = rows.subRowVector(rows.mean('column'));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    centered.transpose().mmul(centered),
    { assumeSymmetric: true },
  );
  const total = realEigenvalues.reduce((sum, value) => sum + value, 0);
  const along = (fromLast: number): number[] =>
    centered.mmul(eigenvectorMatrix.subMatrixColumn([matrix.dimension - 1 - fromLast])).getColumn(0);
  return {
    shares: [1, 2].map((place) => (realEigenvalues.at(-place) ?? 0) / total),
    projections: [along(0), along(1)],
  };
}

/** 1 where both are the same but for their sign. */
function likeness(a: readonly number[], b: readonly number[]): number {
  const product = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, value, at) => sum + value * (q[at] ?? 0), 0);
  return Math.abs(product(a, b)) / Math.sqrt(product(a, a) * product(b, b));
}

describe('linearMap', () => {
  it('puts the rows at unit length on their two principal axes, as ml-matrix finds them', () => {
    const matrix = groupedRows(3, 150, 24, 8);
    const { xs, ys, explained } = mapOf(matrix);
    const { shares, projections } = oracle(matrix);
    assert.ok(likeness(xs, projections[0] ?? []) > 0.99999);
    assert.ok(likeness(ys, projections[1] ?? []) > 0.99999);
    explained.forEach((share, axis) => {
      assert.ok(Math.abs(share - (shares[axis] ?? NaN)) < 1e-6);
    });
  });

  it('gives rows without a direction no place, and does not mind them', () => {
    const matrix = groupedRows(3, 60, 12, 8);
    const { xs: before } = mapOf(matrix);
    const values = Float32Array.from([
      ...matrix.values,
      ...new Float32Array(12),
      ...new Float32Array(12).fill(NaN),
    ]);
    const { xs, ys, explained } = mapOf({ rowCount: 182, dimension: 12, values });
    assert.deepEqual(xs.slice(0, 180), before);
    assert.deepEqual([...xs.slice(180), ...ys.slice(180)], [NaN, NaN, NaN, NaN]);
    assert.ok(explained.every(Number.isFinite));
  });

  it('copes with a single row, a single dimension and rows of one direction', () => {
    for (const [rowCount, dimension] of [
      [1, 5],
      [9, 1],
      [9, 3],
    ] as const) {
      const values = Float32Array.from(
        { length: rowCount * dimension },
        (_, at) => 1 + Math.floor(at / dimension),
      );
      const { xs, ys, explained } = mapOf({ rowCount, dimension, values });
      assert.ok([...xs, ...ys].every((value) => Math.abs(value) < 1e-6));
      assert.ok(explained.every((share) => share >= 0 && share <= 1));
    }
  });

  it('takes its axes from a sample where there are many rows', () => {
    const matrix = groupedRows(4, 2_500, 8, 2);
    const { xs, ys } = mapOf(matrix);
    const { projections } = oracle(matrix);
    assert.ok(likeness(xs, projections[0] ?? []) > 0.999);
    assert.ok(likeness(ys, projections[1] ?? []) > 0.999);
  });
});
