/** How many values lie in each of some equally wide bins between the smallest and the largest value. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: Uint32Array;
}

/**
 * Counts values by their size. The last bin holds the largest value too; where all are equal, the first holds them.
 *
 * @param values NaN does not count. Infinite ones, which are numbers beyond the type's range, lie in the outermost bins: `from` and
 *   `to` are the smallest and the largest finite value, 0 where there is none.
 */
export function histogramOf(values: Float32Array | Float64Array, bins: number): Histogram {
  let from = Infinity;
  let to = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      from = value < from ? value : from;
      to = value > to ? value : to;
    }
  }
  if (from > to) {
    from = to = 0;
  }
  const counts = new Uint32Array(bins);
  for (const value of values) {
    if (!Number.isNaN(value)) {
      counts[binOf(value, from, to, bins)]++;
    }
  }
  return { from, to, counts };
}

function binOf(value: number, from: number, to: number, bins: number): number {
  if (value >= to) {
    return to > from || value > to ? bins - 1 : 0;
  }
  // Divided before it is subtracted: the difference of two doubles may be infinite, the width of the histogram too.
  const share = (value / 2 - from / 2) / (to / 2 - from / 2);
  return Math.max(0, Math.min(bins - 1, Math.floor(share * bins)));
}
