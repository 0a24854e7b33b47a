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
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value < from && value !== -Infinity) {
      from = value;
    }
    if (value > to && value !== Infinity) {
      to = value;
    }
  }
  if (from > to) {
    from = to = 0;
  }
  return { from, to, counts: countsBetween(values, from, to, bins) };
}

/** Counts the values in bins between two finite numbers; those beyond them in the outermost bins. NaN does not count. */
function countsBetween(
  values: Float32Array | Float64Array,
  from: number,
  to: number,
  bins: number,
): Uint32Array {
  const counts = new Uint32Array(bins);
  const last = bins - 1;
  // Halved before it is subtracted: the difference of two doubles may be infinite, the width of the histogram too.
  const start = from / 2;
  const width = to / 2 - start;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (Number.isNaN(value)) {
      continue;
    }
    const share = width > 0 ? (value / 2 - start) / width : value > to ? 1 : 0;
    counts[Math.max(0, Math.min(last, Math.floor(share * bins)))]++;
  }
  return counts;
}

/** A histogram whose axis may end before the farthest values. */
export interface ClippedHistogram extends Histogram {
  /** How many values lie below `from`, and how many above `to`. They are in no bin. */
  readonly below: number;
  readonly above: number;
}

/** At most this share of the values is left out at either end. */
const LEFT_OUT_SHARE = 0.001;
/** Where nearly all values are in so few of the bins, the others only make them small. */
const CROWDED_SHARE = 0.1;
/** Each round makes the axis at least ten times shorter: enough for all that 32 bits can hold. */
const MAX_ROUNDS = 40;

/**
 * A histogram that shows the shape of what most values are: its axis leaves out a few far ones (0.1 % at either end) where it would
 * otherwise show all the rest in a tenth of its bins. Where that does not help, as for values that are all but one the same, it
 * is {@link histogramOf} all values.
 */
export function clippedHistogramOf(values: Float32Array | Float64Array, bins: number): ClippedHistogram {
  const whole = { ...histogramOf(values, bins), below: 0, above: 0 };
  const most = Math.floor(values.length * LEFT_OUT_SHARE);
  let clipped: ClippedHistogram = whole;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { first, last } = crowdedBins(clipped, most);
    if (last - first + 1 > bins * CROWDED_SHARE) {
      return clipped;
    }
    const width = (clipped.to - clipped.from) / bins;
    // The ends as they are: far ones are so large that adding to them loses all that is small.
    const from = first === 0 ? clipped.from : clipped.from + first * width;
    const to = last === bins - 1 ? clipped.to : clipped.from + (last + 1) * width;
    if (!(to - from > 0 && to - from < clipped.to - clipped.from)) {
      return whole;
    }
    clipped = countedBetween(values, from, to, bins);
  }
  return whole;
}

/** The bins between which all values are but those that may be left out. */
function crowdedBins(
  { counts, below, above }: ClippedHistogram,
  most: number,
): { readonly first: number; readonly last: number } {
  let first = 0;
  let last = counts.length - 1;
  for (let out = below + (counts[first] ?? 0); out <= most && first < last; out += counts[first] ?? 0) {
    first++;
  }
  for (let out = above + (counts[last] ?? 0); out <= most && last > first; out += counts[last] ?? 0) {
    last--;
  }
  return { first, last };
}

/** The axis begins with the smallest value within the limits and ends with the largest. */
function countedBetween(
  values: Float32Array | Float64Array,
  lowest: number,
  highest: number,
  bins: number,
): ClippedHistogram {
  let below = 0;
  let above = 0;
  let from = highest;
  let to = lowest;
  for (const value of values) {
    if (value < lowest) {
      below++;
    } else if (value > highest) {
      above++;
    } else {
      from = value < from ? value : from;
      to = value > to ? value : to;
    }
  }
  const counts = countsBetween(values, from, to, bins);
  // What lies beyond the ends is in no bin.
  counts[0] -= below;
  counts[bins - 1] -= above;
  return { from, to, counts, below, above };
}
