import { firstNotBelow } from './rankCounting';

/** Percentiles from the 0th to the 100th. */
export const PERCENTILE_COUNT = 101;

/** Values of all rows, sorted, so that one of them can be placed among all. */
export class SortedValues {
  private readonly sorted: Float64Array;

  /** @param values NaN for rows that do not count. */
  constructor(values: Float64Array) {
    // NaN is sorted behind all numbers. A filter before would take longer than the sort.
    const sorted = values.slice().sort();
    let end = sorted.length;
    while (end > 0 && Number.isNaN(sorted[end - 1])) {
      end--;
    }
    this.sorted = sorted.subarray(0, end);
  }

  /** Share of the values that are smaller, 0 … 1; 0 where there are none. */
  shareBelow(value: number): number {
    return this.sorted.length === 0 ? 0 : firstNotBelow(this.sorted, value) / this.sorted.length;
  }

  /**
   * The 0th to the 100th percentile by nearest rank: the p-th is the ⌈p / 100 · n⌉-th smallest of n values, the 0th the smallest. It is
   * always one of the values, and p percent of all do not exceed it.
   *
   * @returns {@link PERCENTILE_COUNT} values, never falling; all NaN where there are no values.
   */
  percentiles(): Float64Array {
    const { sorted } = this;
    return Float64Array.from({ length: PERCENTILE_COUNT }, (_, percent) => {
      const rank = Math.max(1, Math.ceil((percent * sorted.length) / 100));
      return sorted[rank - 1] ?? NaN;
    });
  }
}
