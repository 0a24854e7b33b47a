import type { MatrixView } from '../../../src/protocol/compareView';
import { formatSimilarity } from '../numbers';
import { formatTick } from '../plots/symmetricAxis';

/** Largest share of the series color in a cell: more would leave its number too little contrast. */
export const MOST_COLOR = 0.58;
/** From this share of the series color on the number is set in the strongest text color. */
const STRONG_TEXT_FROM = 0.28;

/** How values become colors: none at `from`, most at `to`; for distances `from` is the largest. */
export interface HeatScale {
  readonly from: number;
  readonly to: number;
}

/** Cosines run from 0.2, since hardly any two tokens are less alike; centered ones from 0; others as far as they go. */
export function heatScale({ metric, values }: MatrixView): HeatScale {
  if (metric === 'cosine') {
    return { from: 0.2, to: 1 };
  }
  if (metric === 'centered') {
    return { from: 0, to: 1 };
  }
  const finite = values.flat().filter((value): value is number => Number.isFinite(value));
  if (finite.length === 0) {
    return { from: 0, to: 1 };
  }
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return metric === 'euclidean' ? { from: high, to: low } : { from: low, to: high };
}

/** Share of the series color in the cell of a value, 0 … {@link MOST_COLOR}. */
export function colorShare(value: number, { from, to }: HeatScale): number {
  const place = from === to ? 1 : (value - from) / (to - from);
  return MOST_COLOR * Math.min(1, Math.max(0, place));
}

export function needsStrongText(share: number): boolean {
  return share >= STRONG_TEXT_FROM;
}

/** A similarity without its zero, as `.857` and `1`; other scores as a reader of a small cell needs them. */
export function heatNumber(value: number, { metric }: MatrixView): string {
  if (metric === 'cosine' || metric === 'centered') {
    const digits = formatSimilarity(value);
    return digits === '1.000' ? '1' : digits.replace(/^(\u2212?)0\./, '$1.');
  }
  return formatTick(value);
}
