import { DIM_COLOR, rampColor, type PointColors } from './pointColors';

/** Steps of the ramp; place 0 of the palette is for what is not brighter than usual. */
const STEPS = 31;
/** Of the ramp, so many steps of size. */
const SIZES = 6;
/** What is far above usual stands out, and what is near to it does not. */
const EXPONENT = 1.7;
/** Share of the tokens beyond either end of a ramp over all values. */
const OUTER_SHARE = 0.01;
/** So many of the best stand for the bright end, where they are few among all. */
export const BEST = 20;
const LARGEST_BEST_SHARE = 1 / 50;
const BINS = 60;

/** Where the ramp of a coloring begins and ends. */
export interface ValueRamp {
  /** Not brighter than this: dim. */
  readonly from: number;
  /** As bright as can be. Less than `from` where low values are the bright ones. */
  readonly to: number;
}

/** How the values of all tokens lie. */
export interface ValueSpread {
  /** From the least to the greatest value, in bins of one width. */
  readonly counts: readonly number[];
  readonly least: number;
  readonly greatest: number;
  readonly mean: number;
  /** The values ascending, those that are none left out. */
  readonly sorted: Float32Array;
}

export function spreadOf(values: Float32Array): ValueSpread {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  const least = sorted[0] ?? NaN;
  const greatest = sorted[sorted.length - 1] ?? NaN;
  const counts = Array.from({ length: BINS }, () => 0);
  let sum = 0;
  for (const value of sorted) {
    const share = greatest > least ? (value - least) / (greatest - least) : 0;
    const bin = Math.min(BINS - 1, Math.floor(share * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
    sum += value;
  }
  return { counts, least, greatest, mean: sorted.length === 0 ? NaN : sum / sorted.length, sorted };
}

/** What is as similar as an average token is dim, the 20 most similar ones are bright: fewer of few. @param isDistance less is nearer */
export function similarityRamp({ mean, sorted }: ValueSpread, isDistance: boolean): ValueRamp {
  // The best of all is the query's own token.
  const best = Math.min(BEST, Math.floor(sorted.length * LARGEST_BEST_SHARE));
  return { from: mean, to: sorted[isDistance ? best : sorted.length - 1 - best] ?? NaN };
}

/** From end to end, but for the outermost hundredth. @param isRising whether high values are the bright ones */
export function wholeRamp({ sorted }: ValueSpread, isRising: boolean): ValueRamp {
  const quantile = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  const low = quantile(OUTER_SHARE);
  const high = quantile(1 - OUTER_SHARE);
  return isRising ? { from: low, to: high } : { from: high, to: low };
}

/** Place of a value on a ramp, 0 … 1; 0 for what is no number. */
export function shareOn({ from, to }: ValueRamp, value: number): number {
  const share = to === from ? 0 : (value - from) / (to - from);
  return share > 0 ? Math.min(1, share) : 0;
}

/** The color of a value. */
export function valueColor(ramp: ValueRamp, value: number): string {
  const share = shareOn(ramp, value);
  return share === 0 ? DIM_COLOR : rampColor(share ** EXPONENT);
}

/** Brighter, larger and further on top, the further a value is along its ramp. */
export function valueColors(values: Float32Array, ramp: ValueRamp): PointColors {
  const index = new Uint8Array(values.length);
  values.forEach((value, id) => {
    const share = shareOn(ramp, value);
    index[id] = share === 0 ? 0 : 1 + Math.floor(share * (STEPS - 1));
  });
  const steps = Array.from({ length: STEPS }, (_, step) => {
    const share = step / (STEPS - 1);
    return {
      color: rampColor(share ** EXPONENT),
      scale: 1 + 0.16 * Math.min(SIZES - 1, Math.floor(share * SIZES)),
      opacity: (120 + 130 * share) / 256,
    };
  });
  return { index, palette: [{ color: DIM_COLOR, opacity: 0.6 }, ...steps], onTop: 'later' };
}
