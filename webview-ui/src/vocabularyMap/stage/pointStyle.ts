/** How points are drawn that share a place in the palette. */
export interface PointStyle {
  /** Any color of CSS, variables of the theme included, such as `var(--series)`. It is read anew when the theme changes. */
  readonly color: string;
  /** How much larger than usual, 1 without it. Usual is what the zoom makes of it: .5 to 3.2 CSS pixels. */
  readonly scale?: number;
  /** Radius in CSS pixels at every zoom, up to 30, in place of `scale`: an area that means a number. */
  readonly radius?: number;
  /** Width in CSS pixels of a rim in the color of the ground, which tells discs apart that overlap; none without it. */
  readonly rim?: number;
  /** 0 … 1; without it what the zoom makes usual. */
  readonly opacity?: number;
}

/** Which of two points that overlap is seen: that of the commoner token, or that of the later place in the palette. */
export type PointsOnTop = 'common' | 'later';

export const LARGEST_PALETTE = 256;
