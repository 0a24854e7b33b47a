import type { BandFill } from './bandStyle';

/** Into as many equal shares the tokens are divided: as many fills as can still be told apart. */
export const SHARES = 7;

/** How the values of all tokens are distributed: which share a value falls into, and how many tokens have a smaller one. */
export class ValueScale {
  /** The values at which the second … the last share begins. */
  readonly boundaries: readonly number[];

  /**
   * @param percentiles 101 values, never falling: the least, the value that 1 % of the tokens do not exceed, … the greatest; NaN where
   *   there are none.
   */
  constructor(private readonly percentiles: ArrayLike<number>) {
    this.boundaries = Array.from({ length: SHARES - 1 }, (_, index) => this.at((100 * (index + 1)) / SHARES));
  }

  /** All whole numbers from 0 to `count` − 1, such as token ids. */
  static ofCount(count: number): ValueScale {
    return new ValueScale(Array.from({ length: 101 }, (_, percent) => (percent / 100) * (count - 1)));
  }

  get least(): number {
    return this.percentiles[0] ?? Number.NaN;
  }

  get greatest(): number {
    return this.percentiles[100] ?? Number.NaN;
  }

  /** Share that a value falls into, 1 … {@link SHARES}; undefined for NaN. */
  shareOf(value: number): number | undefined {
    if (Number.isNaN(value)) {
      return undefined;
    }
    // For each token that is painted, with each keystroke.
    let share = 1;
    for (const boundary of this.boundaries) {
      if (value >= boundary) {
        share++;
      }
    }
    return share;
  }

  fillOf(value: number): BandFill {
    const share = this.shareOf(value);
    return share === undefined ? 'noValue' : (`value${share}` as BandFill);
  }

  /** Whole per cent of the tokens that surely have a smaller value, 0 … 100. */
  percentBelow(value: number): number {
    let percent = 0;
    while (percent < 100 && (this.percentiles[percent + 1] ?? Number.NaN) < value) {
      percent++;
    }
    return percent;
  }

  /** The value below which a share of the tokens lies; between two percentiles in a straight line. @param percent 0 … 100. */
  private at(percent: number): number {
    const below = Math.floor(percent);
    const [from, to] = [this.percentiles[below], this.percentiles[below + 1]];
    if (from === undefined || to === undefined) {
      return from ?? Number.NaN;
    }
    // Equal infinite or huge values have no difference to share.
    return from === to ? from : from + (to - from) * (percent - below);
  }
}
