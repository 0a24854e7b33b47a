import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

/** A matrix written by a test: row-major float32. */
export interface TestMatrix {
  readonly rowCount: number;
  readonly dimension: number;
  readonly values: Float32Array;
}

/** Nearly normal random number. */
export function normalFrom(random: () => number): number {
  return random() + random() + random() + random() + random() + random() - 3;
}

export function gaussianMatrix(rowCount: number, dimension: number, seed: number): TestMatrix {
  const random = seededRandom(seed);
  const values = new Float32Array(rowCount * dimension).map(() => normalFrom(random));
  return { rowCount, dimension, values };
}

export function rowOf({ values, dimension }: TestMatrix, row: number): Float32Array {
  return values.subarray(row * dimension, (row + 1) * dimension);
}

/**
 * Gaussian rows, and among them everything that makes an exact order hard: duplicates, copies scaled by powers of two and by 3,
 * neighbors in the last bit, near copies, zero rows, NaN and infinity, tiny and huge lengths, single values, subnormal numbers.
 */
export function adversarialMatrix(rowCount: number, dimension: number, seed: number): TestMatrix {
  const random = seededRandom(seed);
  const matrix = gaussianMatrix(rowCount, dimension, seed + 1);
  const bits = new Uint32Array(matrix.values.buffer);
  for (let row = 0; row < rowCount; row++) {
    const target = rowOf(matrix, row);
    const source = rowOf(matrix, Math.floor(random() * rowCount));
    const position = Math.floor(random() * dimension);
    switch (Math.floor(random() * 24)) {
      case 0:
        target.set(source);
        break;
      case 1:
        target.set(source.map((value) => value * 2 ** Math.floor(random() * 40 - 20)));
        break;
      case 2: {
        const factor = 2 ** Math.floor(random() * 40 - 20);
        target.set(source.map((value) => value * factor));
        break;
      }
      case 3:
        target.set(source.map((value) => value * 3));
        break;
      case 4:
        target.set(source);
        bits[row * dimension + position] = (bits[row * dimension + position] ?? 0) ^ 1;
        break;
      case 5:
        target.set(source.map((value) => value * (1 + 1e-6 * normalFrom(random))));
        break;
      case 6:
        target.fill(0);
        break;
      case 7:
        target[position] = [NaN, Infinity, -Infinity][Math.floor(random() * 3)] ?? NaN;
        break;
      case 8:
        target.set(target.map((value) => value * 2 ** -120));
        break;
      case 9:
        target.set(target.map((value) => value * 2 ** 122));
        break;
      case 10:
        target.fill(0);
        target[position] = random() < 0.5 ? 1 : -1;
        break;
      case 11:
        target.fill(2 ** -149);
        break;
      case 12:
        target.set(source.map((value) => -value));
        break;
    }
  }
  return matrix;
}
