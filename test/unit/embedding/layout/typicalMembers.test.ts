import assert from 'node:assert/strict';
import { NONE, TYPICAL_MEMBERS, typicalMembers } from '../../../../src/core/embedding/layout/typicalMembers';
import { MemoryRows } from '../../../../src/core/embedding/search/memoryRows';
import { finish } from '../../../../src/core/work/steps';
import { gaussianMatrix, rowOf } from '../testMatrix';

const ROWS = 330;
const DIMENSION = 9;
const matrix = gaussianMatrix(ROWS, DIMENSION, 5);
const rows = new MemoryRows(ROWS, DIMENSION, matrix.values);
/** All rows but each eleventh. */
const ids = Uint32Array.from([...Array(ROWS).keys()].filter((row) => row % 11 !== 3));

function mean(vectors: readonly (readonly number[])[]): number[] {
  return Array.from(
    { length: DIMENSION },
    (_, j) => vectors.reduce((sum, vector) => sum + (vector[j] ?? 0), 0) / vectors.length,
  );
}

function unitRow(row: number): number[] {
  const values = [...rowOf(matrix, row)];
  return values.map((value) => value / Math.hypot(...values));
}

/** By the definition, one community at a time: rows and how typical each is, the most typical first. */
function plainMembers(members: readonly number[]): [row: number, typical: number][] {
  const overall = mean([...ids].map(unitRow));
  const apart = mean(members.map(unitRow)).map((value, j) => value - (overall[j] ?? 0));
  const length = Math.hypot(...apart);
  return members
    .map((row): [number, number] => {
      const cosine = unitRow(row).reduce((sum, value, j) => sum + (value * (apart[j] ?? 0)) / length, 0);
      return [row, cosine - 0.02 * Math.log2(1 + row / 1000)];
    })
    .sort((a, b) => b[1] - a[1])
    .slice(0, TYPICAL_MEMBERS);
}

describe('typicalMembers', () => {
  it('are the nearest to what sets a community apart, of each way of parting', () => {
    const levels = [ids.map((_, point) => point % 3), ids.map((_, point) => point % 40)];
    const found = finish(typicalMembers(rows, ids, levels));
    levels.forEach((level, at) => {
      const { rows: typicalRows, typicality } = found[at] ?? assert.fail();
      const count = Math.max(...level) + 1;
      assert.equal(typicalRows.length, count * TYPICAL_MEMBERS);
      for (let community = 0; community < count; community++) {
        const expected = plainMembers([...ids].filter((_, point) => level[point] === community));
        const first = community * TYPICAL_MEMBERS;
        expected.forEach(([row, typical], place) => {
          assert.equal(typicalRows[first + place], row);
          assert.ok(Math.abs((typicality[first + place] ?? NaN) - typical) < 1e-6);
        });
        const behind = typicalRows.subarray(first + expected.length, first + TYPICAL_MEMBERS);
        assert.ok(behind.every((row) => row === NONE));
      }
    });
  });

  it('copes with a single community, and with none', () => {
    const [single] = finish(typicalMembers(rows, Uint32Array.of(4), [new Uint32Array(1)]));
    assert.equal(single?.rows[0], 4);
    assert.ok(single.typicality.every(Number.isFinite));
    const [none] = finish(typicalMembers(rows, new Uint32Array(0), [new Uint32Array(0)]));
    assert.equal(none?.rows.length, 0);
  });
});
