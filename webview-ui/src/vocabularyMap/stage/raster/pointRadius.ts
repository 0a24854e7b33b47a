const RADIUS = 0.92;
const GROWTH = 0.38;
const LARGEST_RADIUS = 3.2;
const OPACITY_GROWTH = 0.16;
const LARGEST_OPACITY = 235 / 256;
/** On a light ground color is lost sooner to what shines through than on a dark one it is to what covers. */
const FAR_OPACITY = { dark: 180 / 256, light: 150 / 256 } as const;

/** Radius of a point in CSS pixels. @param zoom 1 where the whole map is seen. */
export function pointRadius(zoom: number): number {
  return Math.min(LARGEST_RADIUS, RADIUS * zoom ** GROWTH);
}

/** How opaque a point is, 0 … 1: less where the whole map is seen, so that density shows. */
export function pointOpacity(zoom: number, ground: 'dark' | 'light'): number {
  return Math.min(LARGEST_OPACITY, FAR_OPACITY[ground] * Math.max(1, zoom) ** OPACITY_GROWTH);
}
