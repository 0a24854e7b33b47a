import type { DistributionView } from '../../../src/protocol/answerView';

/** Where the parts of the histogram are drawn, in CSS pixels from the top left of the drawing. */
export interface DistributionGeometry {
  readonly width: number;
  readonly height: number;
  /** The line that the bars stand on. */
  readonly base: number;
  readonly bars: readonly Bar[];
  readonly ticks: readonly Tick[];
  /** Where a score is on the axis; at its end for one beyond it. */
  readonly toX: (score: number) => number;
  /** True where tokens or scores lie beyond the left or the right end of the axis. */
  readonly isCutLeft: boolean;
  readonly isCutRight: boolean;
}

interface Bar {
  readonly x: number;
  readonly width: number;
  readonly top: number;
}

interface Tick {
  readonly x: number;
  readonly value: number;
}

const SIDE = 16;
/** Room for the labels above the bars. */
const TOP = 18;
/** Room for the numbers of the axis. */
const BOTTOM = 18;
/** Axis numbers stand at least so far apart. */
const TICK_DISTANCE = 64;
/** A bar narrower than this has no gap to the next one. */
const GAP_FROM = 3;
/** Where the bins leave far tokens out, the axis goes on for at most this many times their width to hold other scores. */
const REACH = 1;

/**
 * Lays the histogram out so that all bins and the scores given are within it. Where far tokens are left out of the bins, so are
 * far scores: the axis ends before them.
 *
 * @param scores those that have to be within the axis too: the best, the worst shown, the average
 */
export function distributionGeometry(
  { from, to, counts, below = 0, above = 0 }: DistributionView,
  scores: readonly number[],
  width: number,
  height: number,
): DistributionGeometry {
  const reach = (to - from) * REACH;
  const isNear = (score: number) =>
    (below === 0 || score >= from - reach) && (above === 0 || score <= to + reach);
  const near = scores.filter(isNear);
  const lowest = Math.min(from, ...near);
  const highest = Math.max(to, ...near);
  const spread = highest > lowest ? highest - lowest : 1;
  const toX = (score: number) =>
    SIDE + ((Math.min(highest, Math.max(lowest, score)) - lowest) / spread) * (width - 2 * SIDE);
  const base = height - BOTTOM;
  const most = Math.max(1, ...counts);
  const binWidth = (to - from) / Math.max(1, counts.length);
  const bars = counts.flatMap((count, bin): Bar[] => {
    const x = toX(from + bin * binWidth);
    const full = toX(from + (bin + 1) * binWidth) - x;
    return count > 0
      ? [{ x, width: full > GAP_FROM ? full - 1 : full, top: base - (count / most) * (base - TOP) }]
      : [];
  });
  return {
    width,
    height,
    base,
    bars,
    ticks: ticksBetween(lowest, highest, width).map((value) => ({ value, x: toX(value) })),
    toX,
    isCutLeft: below > 0 || scores.some((score) => score < lowest),
    isCutRight: above > 0 || scores.some((score) => score > highest),
  };
}

/** Round numbers between two ends, as many as have room. */
function ticksBetween(lowest: number, highest: number, width: number): number[] {
  const spread = highest - lowest;
  if (!(spread > 0)) {
    return [lowest];
  }
  const wanted = Math.max(2, Math.floor(width / TICK_DISTANCE));
  const magnitude = 10 ** Math.floor(Math.log10(spread / wanted));
  const step =
    [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => spread / size <= wanted) ?? spread;
  const first = Math.ceil(lowest / step - 1e-9);
  const last = Math.floor(highest / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}
