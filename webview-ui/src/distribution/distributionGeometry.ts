import type { DistributionView } from '../../../src/protocol/answerView';

/** Where the parts of the histogram are drawn, in CSS pixels from the top left of the drawing. */
export interface DistributionGeometry {
  readonly width: number;
  readonly height: number;
  /** The line that the bars stand on. */
  readonly base: number;
  readonly bars: readonly Bar[];
  readonly ticks: readonly Tick[];
  readonly toX: (score: number) => number;
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

/**
 * Lays the histogram out so that all bins and the scores given are within it.
 *
 * @param scores those that have to be within the axis too: the best, the worst shown, the average
 */
export function distributionGeometry(
  { from, to, counts }: DistributionView,
  scores: readonly number[],
  width: number,
  height: number,
): DistributionGeometry {
  const lowest = Math.min(from, ...scores);
  const highest = Math.max(to, ...scores);
  const spread = highest > lowest ? highest - lowest : 1;
  const toX = (score: number) => SIDE + ((score - lowest) / spread) * (width - 2 * SIDE);
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
