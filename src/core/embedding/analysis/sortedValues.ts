import { firstNotBelow } from './rankCounting';

/** Values of all rows, sorted, so that one of them can be placed among all. */
export class SortedValues {
  private readonly sorted: Float64Array;

  /** @param values NaN for rows that do not count. */
  constructor(values: Float64Array) {
    this.sorted = values.filter((value) => !Number.isNaN(value)).sort();
  }

  /** Share of the values that are smaller, 0 … 1; 0 where there are none. */
  shareBelow(value: number): number {
    return this.sorted.length === 0 ? 0 : firstNotBelow(this.sorted, value) / this.sorted.length;
  }
}
