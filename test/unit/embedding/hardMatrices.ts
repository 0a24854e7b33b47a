import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { adversarialMatrix, gaussianMatrix, normalFrom, rowOf, type TestMatrix } from './testMatrix';

function matrixOf(rows: readonly (readonly number[])[]): TestMatrix {
  return { rowCount: rows.length, dimension: rows[0]?.length ?? 0, values: Float32Array.from(rows.flat()) };
}

function changed(matrix: TestMatrix, change: (row: Float32Array, index: number) => void): TestMatrix {
  for (let row = 0; row < matrix.rowCount; row++) {
    change(rowOf(matrix, row), row);
  }
  return matrix;
}

/** As trained embeddings are: a common direction, a few dimensions far larger than the others, clusters, near copies. */
function trainedLike(rowCount: number, dimension: number, seed: number): TestMatrix {
  const random = seededRandom(seed);
  const matrix = gaussianMatrix(rowCount, dimension, seed + 1);
  const common = Float64Array.from({ length: dimension }, (_, j) =>
    j % 97 === 5 ? 8 * normalFrom(random) : 0.5 * normalFrom(random),
  );
  const centers = gaussianMatrix(20, dimension, seed + 2);
  return changed(matrix, (row, index) => {
    const center = rowOf(centers, Math.floor(random() * 20));
    const spread = index % 50 === 0 ? 1e-6 : 0.1 + random();
    row.forEach((value, j) => {
      row[j] = (common[j] ?? 0) + 0.5 * (center[j] ?? 0) + spread * value;
    });
  });
}

/** 250 identical rows, as many that differ by 1e-6, some that differ in the last bit, scaled copies, among others. */
function crowdedMatrix(rowCount: number, dimension: number, seed: number): TestMatrix {
  const random = seededRandom(seed);
  const matrix = gaussianMatrix(rowCount, dimension, seed + 1);
  const bits = new Uint32Array(matrix.values.buffer);
  const first = Float32Array.from(rowOf(matrix, 0));
  return changed(matrix, (row, index) => {
    const kind = (index * 7919) % rowCount;
    if (kind < 250) {
      row.set(first);
    } else if (kind < 500) {
      row.set(first.map((value) => value * (1 + 1e-6 * normalFrom(random))));
    } else if (kind < 550) {
      row.set(first);
      const at = index * dimension + Math.floor(random() * dimension);
      bits[at] = (bits[at] ?? 0) ^ 1;
    } else if (kind < 600) {
      const factor = [2, 3, 0.25, 1e-6, 1e6][kind % 5] ?? 1;
      row.set(first.map((value) => value * factor));
    }
  });
}

/** Row lengths from 1e-38 to 1e38 among them: nothing may over- or underflow on the way. */
function allLengths(rowCount: number, dimension: number, seed: number): TestMatrix {
  const random = seededRandom(seed);
  return changed(gaussianMatrix(rowCount, dimension, seed + 1), (row) => {
    const factor = 10 ** (random() * 75 - 38);
    row.set(row.map((value) => value * factor));
  });
}

/** Lengths from 2⁻⁷⁰ to 2⁷⁰: on both sides of where single precision can screen. */
function wideLengths(rowCount: number, dimension: number, seed: number): TestMatrix {
  const random = seededRandom(seed);
  return changed(gaussianMatrix(rowCount, dimension, seed + 1), (row) => {
    const factor = 2 ** Math.floor(random() * 140 - 70);
    row.set(row.map((value) => value * factor));
  });
}

/** Rows in pairs around one point, and that point itself: it is exactly the mean row. */
function aroundMean(pairs: number, dimension: number, seed: number): TestMatrix {
  const random = seededRandom(seed);
  const mean = Array.from({ length: dimension }, () => Math.floor(random() * 64) - 32);
  const rows: number[][] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const offset = mean.map(() => Math.floor(random() * 64) - 32);
    rows.push(
      mean.map((value, j) => value + (offset[j] ?? 0)),
      mean.map((value, j) => value - (offset[j] ?? 0)),
    );
  }
  for (let copy = 0; copy < 8; copy++) {
    rows.splice(copy * 5, 0, mean);
  }
  return matrixOf(rows);
}

/** Matrices by what makes them hard; made when they are asked for. */
export const HARD_MATRICES: Readonly<Record<string, () => TestMatrix>> = {
  'one value': () => matrixOf([[-0.75]]),
  'one zero row': () => matrixOf([[0, 0, 0]]),
  '5 × 3': () => gaussianMatrix(5, 3, 1),
  '97 × 5, adversarial': () => adversarialMatrix(97, 5, 2),
  '33 × 1, adversarial': () => adversarialMatrix(33, 1, 3),
  '300 × 24, adversarial': () => adversarialMatrix(300, 24, 4),
  '1,000 × 17, adversarial': () => adversarialMatrix(1000, 17, 5),
  '4,099 × 64, adversarial': () => adversarialMatrix(4099, 64, 6),
  '700 × 768, adversarial': () => adversarialMatrix(700, 768, 7),
  '2,000 × 100, like a trained one': () => trainedLike(2000, 100, 8),
  '500 × 1,600, like a trained one': () => trainedLike(500, 1600, 9),
  '1,000 × 33, crowded': () => crowdedMatrix(1000, 33, 10),
  '700 × 128, crowded': () => crowdedMatrix(700, 128, 11),
  'lengths of 1e-38 to 1e38': () => allLengths(400, 20, 12),
  'lengths of 2^-70 to 2^70': () => wideLengths(400, 20, 13),
  'lengths of 2^-70 to 2^70 in 2 dimensions': () => wideLengths(120, 2, 14),
  'rows equal to the mean row': () => aroundMean(90, 12, 15),
  'all rows equal': () => changed(gaussianMatrix(300, 21, 16), (row) => row.fill(0.1)),
  'all rows equal, of different values': () =>
    changed(gaussianMatrix(300, 21, 17), (row) => row.forEach((_, j) => (row[j] = Math.sin(j)))),
  'all rows zero': () => matrixOf(Array.from({ length: 70 }, () => [0, 0, 0, 0])),
  'all rows but one hold NaN or infinity': () =>
    changed(gaussianMatrix(41, 9, 18), (row, index) => {
      if (index !== 30) {
        row[index % 9] = [NaN, Infinity, -Infinity][index % 3] ?? NaN;
      }
    }),
  'rows of constant value': () =>
    changed(gaussianMatrix(200, 40, 19), (row, index) => row.fill(((index % 41) - 20) * 0.3)),
  'unit vectors of a basis': () =>
    changed(gaussianMatrix(128, 64, 20), (row, index) => {
      row.fill(0);
      row[index % 64] = index < 64 ? 1 : -1;
    }),
  'few small whole numbers, so ties everywhere': () =>
    changed(gaussianMatrix(600, 6, 21), (row) => row.set(row.map((value) => Math.round(value)))),
  // The unit rows differ from their mean only by numbers that have no inverse in single precision.
  'differences below 1e-37': () =>
    matrixOf([
      [1, 0],
      [1, 1e-40],
      [1, 3e-40],
      [1, 1e-38],
    ]),
  'differences below 1e-20': () =>
    matrixOf(Array.from({ length: 50 }, (_, row) => [1, 1, row * 1e-21, (row % 7) * 1e-30])),
};
