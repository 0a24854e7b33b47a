import { normalFrom, rowOf, type TestMatrix } from './testMatrix';

export type MakeQuery = (matrix: TestMatrix, random: () => number) => Float64Array;

/** A row without NaN and infinity; where there is none, ones. */
export const anyRow: MakeQuery = (matrix, random) => {
  for (let attempt = 0; attempt < 200; attempt++) {
    const row = rowOf(matrix, Math.floor(random() * matrix.rowCount));
    if (row.every(Number.isFinite)) {
      return Float64Array.from(row);
    }
  }
  return new Float64Array(matrix.dimension).fill(1);
};

/** Σ weight · row, of rows as they are or at unit length. */
function combination(isUnit: boolean, ...weights: number[]): MakeQuery {
  return (matrix, random) => {
    const sum = new Float64Array(matrix.dimension);
    for (const weight of weights) {
      const row = anyRow(matrix, random);
      const length = isUnit ? Math.hypot(...row) || 1 : 1;
      row.forEach((value, j) => {
        sum[j] = (sum[j] ?? 0) + (weight * value) / length;
      });
    }
    return sum;
  };
}

const randomDirection: MakeQuery = (matrix, random) =>
  new Float64Array(matrix.dimension).map(() => normalFrom(random));

const oneHot: MakeQuery = (matrix, random) => {
  const query = new Float64Array(matrix.dimension);
  query[Math.floor(random() * matrix.dimension)] = 1;
  return query;
};

function scaled(makeQuery: MakeQuery, factor: number): MakeQuery {
  return (matrix, random) => makeQuery(matrix, random).map((value) => value * factor);
}

/** All kinds of queries that a search must answer. */
export const QUERY_KINDS: Readonly<Record<string, MakeQuery>> = {
  row: anyRow,
  'another row': anyRow,
  'mean of 2': combination(true, 0.5, 0.5),
  'mean of 3, raw': combination(false, 1 / 3, 1 / 3, 1 / 3),
  'mean of 5': combination(true, 0.2, 0.2, 0.2, 0.2, 0.2),
  'a − b + c': combination(true, 1, -1, 1),
  'a − b + c, raw': combination(false, 1, -1, 1),
  random: randomDirection,
  'one-hot': oneHot,
  'negative row': scaled(anyRow, -1),
  'tiny row': scaled(anyRow, 1e-20),
  'tiny direction': scaled(randomDirection, 2 ** -380),
  'huge row': scaled(anyRow, 1e20),
  'huge direction': scaled(randomDirection, 2 ** 390),
  'mean row': (matrix) => {
    const mean = new Float64Array(matrix.dimension);
    for (let row = 0; row < matrix.rowCount; row++) {
      rowOf(matrix, row).forEach((value, j) => {
        mean[j] = (mean[j] ?? 0) + (Number.isFinite(value) ? value / matrix.rowCount : 0);
      });
    }
    return mean;
  },
  zero: (matrix) => new Float64Array(matrix.dimension),
};

/** False for queries that a search refuses: their largest value is beyond 2^±400. */
export function isSearchable(query: Float64Array): boolean {
  const largest = query.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 0);
  return largest === 0 || (largest >= 2 ** -400 && largest <= 2 ** 400);
}
