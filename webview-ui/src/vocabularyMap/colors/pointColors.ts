import type { PointsOnTop, PointStyle } from '../stage/pointStyle';

/** How the points of the map are colored: what a stage takes. */
export interface PointColors {
  /** Place in the palette by token id. */
  readonly index: Uint8Array;
  readonly palette: readonly PointStyle[];
  readonly onTop: PointsOnTop;
}

/** A step of the one ramp of colors that all numbers share. @param share 0 … 1 */
export function rampColor(share: number): string {
  const percent = Math.round(20 + 80 * Math.min(1, Math.max(0, share)));
  return `color-mix(in srgb, var(--series) ${percent}%, var(--vscode-editor-background))`;
}

/** Points of which nothing is to be told. */
export const DIM_COLOR = 'var(--map-dim)';
