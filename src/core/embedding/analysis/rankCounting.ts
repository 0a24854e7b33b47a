import { isDistance, type Metric } from '../metric';
import type { ScoreBounds } from '../search/embeddingSearch';

/*
 * Ranks without scoring every row: a row whose bounds lie on one side of a score is surely better or surely worse. Only rows whose
 * bounds hold one of the scores have to be scored exactly.
 */

/**
 * The counted rows that bounds alone do not place before or behind each of some exact scores. Rising.
 *
 * @param norms NaN for the rows that do not count.
 * @param scores In any order.
 */
export function undecidedRows(
  { lower, upper }: ScoreBounds,
  norms: Float64Array,
  scores: Float64Array,
): Uint32Array {
  const sorted = scores.slice().sort();
  const undecided = new Uint32Array(norms.length);
  let count = 0;
  for (let row = 0; row < norms.length; row++) {
    const low = lower[row];
    const high = upper[row];
    // Equal bounds are the score. Bounds that are not numbers say nothing.
    if (low === high || Number.isNaN(norms[row])) {
      continue;
    }
    const next = sorted[firstNotBelow(sorted, low)];
    if (next <= high || Number.isNaN(low) || Number.isNaN(high)) {
      undecided[count++] = row;
    }
  }
  return undecided.slice(0, count);
}

/** Index of the first value that is at least `value`; the length where there is none. */
export function firstNotBelow(sorted: Float64Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle] < value) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

/**
 * 1 + how many counted rows come before each of some: they score better, or equally with a lower id. O((rows + ids) · log ids).
 *
 * @param values Of each row the exact score, or anything on the same side of all scores that are asked about.
 * @param norms NaN for the rows that do not count: they are not ranked, or not asked about.
 * @param ids Ranked rows, in any order. They need not count: of such a row too it is told how many come before it.
 * @param scores Their exact scores.
 */
export function countRanks(
  metric: Metric,
  values: Float64Array,
  norms: Float64Array,
  ids: Uint32Array,
  scores: Float64Array,
): Uint32Array {
  const sign = isDistance(metric) ? -1 : 1;
  const order = Uint32Array.from(ids.keys()).sort(
    (a, b) => sign * (scores[b] - scores[a]) || ids[a] - ids[b],
  );
  /** Rows that come before the entry of the order, but before none that is earlier in it. */
  const before = new Uint32Array(order.length + 1);
  for (let row = 0; row < norms.length; row++) {
    if (Number.isNaN(norms[row])) {
      continue;
    }
    const value = values[row];
    let from = 0;
    let to = order.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const entry = order[middle];
      const difference = sign * (value - scores[entry]);
      if (difference > 0 || (difference === 0 && row < ids[entry])) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    before[from]++;
  }
  const ranks = new Uint32Array(ids.length);
  let rank = 1;
  order.forEach((entry, index) => {
    rank += before[index];
    ranks[entry] = rank;
  });
  return ranks;
}
