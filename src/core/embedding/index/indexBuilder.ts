import type { IndexFigures } from './indexContents';
import type { IndexMemory } from './indexMemory';
import { fillLengthForms } from './scoreForms';

const FLOAT32_ROUNDOFF = 2 ** -24;

/**
 * What a residual misses of its own roundings, besides those of its sum. The unit row's values are rounded twice, the difference to the
 * center, scale · code and the difference of the two once each: the error's length is at most
 * (2‖u‖ + ‖z‖ + ‖scale · code‖ + ‖residual‖) · 2⁻²⁴ < 8 · 2⁻²⁴, as all of these vectors are at most 2 long.
 */
const RESIDUAL_SLACK = 1e-6;

/** How a row's largest coded length may be rounded. */
const LENGTH_FACTOR = 1 + 1e-5;

/**
 * Builds an index in one pass over the rows: some of them are sampled first, for the center; then all are added in order.
 *
 *     sample, sample, …, useSampleCenter, add, add, …, finish
 */
export class IndexBuilder {
  private readonly sums: Float64Array;
  /** Σ z over all rows, collected from the kernel's single-precision sums. */
  private readonly codedSum: Float64Array;
  private sampledRows = 0;

  constructor(private readonly memory: IndexMemory) {
    const { layout, paddedDimension } = memory;
    this.sums = memory.float64(layout.mean, paddedDimension);
    this.codedSum = new Float64Array(paddedDimension);
    this.sums.fill(0);
    memory.float32(layout.center, paddedDimension).fill(0);
    this.writeRequest();
  }

  /** Rows that {@link target} takes at most. */
  get windowRows(): number {
    return this.memory.buildRows;
  }

  /** Where rows are to be written, as the checkpoint holds them. There are two windows, so that one fills while one is coded. */
  target(window: 0 | 1, count: number): Float32Array {
    return this.memory.rowTarget(this.memory.layout.buildWindows[window], count);
  }

  /** Takes rows, written to the target, into the sample. */
  sample(window: 0 | 1, count: number): void {
    // Coded to the first rows' places, which are coded anew later: what counts is the sum of the unit rows.
    this.encode(window, 0, count);
    this.sampledRows += count;
  }

  /** Makes the sample's mean unit row the center. */
  useSampleCenter(): void {
    const { layout, paddedDimension } = this.memory;
    const count = Math.max(1, this.sampledRows);
    this.memory.float32(layout.center, paddedDimension).set(this.codedSum.map((sum) => sum / count));
    this.codedSum.fill(0);
    this.writeRequest();
  }

  /**
   * Adds rows, written to the target.
   *
   * @param firstRow A multiple of 4; rows come in order.
   */
  add(window: 0 | 1, firstRow: number, count: number): void {
    const { layout, kernel, paddedDimension } = this.memory;
    this.encode(window, firstRow, count);
    const squaredNorms = layout.squaredNorms + firstRow * 8;
    kernel.addRows(layout.mean, layout.buildWindows[window], squaredNorms, count, paddedDimension);
  }

  /** To be called once all rows are added. */
  finish(): IndexFigures {
    const { memory, sums } = this;
    const { layout, rowCount, paddedDimension } = memory;
    const squaredNorms = memory.float64(layout.squaredNorms, rowCount);
    let rankedCount = 0;
    let squares = 0;
    for (const squared of squaredNorms) {
      if (Number.isFinite(squared)) {
        rankedCount++;
        squares += squared;
      }
    }
    const count = Math.max(1, rankedCount);
    for (let j = 0; j < paddedDimension; j++) {
      sums[j] /= count;
    }
    memory.float32(layout.codedSum, paddedDimension).set(this.codedSum);
    fillLengthForms(memory);
    const words = memory.uint32(layout.encodeRequest, 12);
    const numbers = memory.float32(layout.encodeRequest, 12);
    return {
      largestCodeLength: Math.sqrt(words[10]),
      largestCodedLength: numbers[11] * LENGTH_FACTOR,
      rankedCount,
      meanSquaredNorm: squares / count,
    };
  }

  private encode(window: 0 | 1, firstRow: number, count: number): void {
    const { memory, codedSum } = this;
    const { layout, kernel, paddedDimension } = memory;
    const start = layout.buildWindows[window];
    memory.spreadRows(start, count);
    const sum = memory.float32(layout.codedSum, paddedDimension);
    sum.fill(0);
    kernel.encodeRows(layout.encodeRequest, start, firstRow, count);
    for (let j = 0; j < paddedDimension; j++) {
      codedSum[j] += sum[j];
    }
  }

  /** Fields in the order of EncodeRequest in kernel/assembly/encode.ts. */
  private writeRequest(): void {
    const { layout, paddedDimension } = this.memory;
    this.memory
      .uint32(layout.encodeRequest, 8)
      .set([
        layout.codes,
        layout.scales,
        layout.residuals,
        layout.squaredNorms,
        layout.center,
        layout.scratch,
        layout.codedSum,
        paddedDimension,
      ]);
    const numbers = this.memory.float32(layout.encodeRequest, 12);
    // The sum of the squared errors: each term is rounded at most so often; its root is rounded once.
    const roundings = paddedDimension / 16 + 16;
    numbers[8] = 1 + 2 * roundings * FLOAT32_ROUNDOFF;
    numbers[9] = RESIDUAL_SLACK;
    numbers[10] = 0;
    numbers[11] = 0;
    this.memory.uint32(layout.encodeRequest, 13)[12] = layout.codeSums;
  }
}
