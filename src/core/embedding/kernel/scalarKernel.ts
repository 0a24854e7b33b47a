import { FloatRows, checkShape, outOfMemory } from './floatRows';
import type { ScreeningKernel, ScreeningMatrix } from './screeningKernel';

/** Unit roundoff of float32 and float64. */
const FLOAT32_ROUNDOFF = 2 ** -24;
const FLOAT64_ROUNDOFF = 2 ** -53;

/**
 * The reference kernel: "the loop way". One plain loop over every value in double precision, as a notebook would first
 * write it. Slow, short, and right: what the SIMD kernel is tested against, and what runs where it cannot.
 */
export const scalarKernel: ScreeningKernel = {
  name: 'scalar',
  allocate(rowCount, dimension) {
    checkShape(rowCount, dimension);
    try {
      return new ScalarMatrix(rowCount, dimension);
    } catch (error) {
      throw outOfMemory(rowCount, dimension, rowCount * dimension * Float32Array.BYTES_PER_ELEMENT, error);
    }
  },
};

class ScalarMatrix extends FloatRows implements ScreeningMatrix {
  /**
   * Both the screened and the exact figure are double-precision sums of `dimension` products, divided by computed lengths:
   * each is off the true cosine by less than (2 · dimension + 8) roundings of float64 (Σ|q·x| ≤ ‖q‖‖x‖). Storing the screened
   * figure, at most 1 in magnitude, as float32 rounds once more.
   */
  readonly errorBound: number;

  constructor(rowCount: number, dimension: number) {
    super(rowCount, dimension, new Float32Array(rowCount * dimension), new Float64Array(rowCount));
    this.errorBound = FLOAT32_ROUNDOFF + 2 * (2 * dimension + 8) * FLOAT64_ROUNDOFF;
  }

  screen(query: Float64Array, target: Float32Array): void {
    const moderate = this.checkedQuery(query);
    const queryNorm = Math.sqrt(moderate.reduce((sum, value) => sum + value * value, 0));
    for (let row = 0; row < this.rowCount; row++) {
      const norm = this.norms[row];
      if (Number.isNaN(norm)) {
        target[row] = -Infinity;
        continue;
      }
      let dot = 0;
      const start = row * this.dimension;
      for (let j = 0; j < this.dimension; j++) {
        dot += moderate[j] * this.values[start + j];
      }
      target[row] = norm === 0 || queryNorm === 0 ? 0 : dot / (queryNorm * norm);
    }
  }

  dispose(): void {
    this.values = new Float32Array(0);
  }
}
