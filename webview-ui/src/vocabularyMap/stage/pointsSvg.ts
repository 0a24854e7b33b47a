import { LARGEST_PALETTE } from './pointStyle';
import type { PackedColor } from './raster/packedColor';
import type { DiscStyle, OrderedPoints, PixelView } from './raster/pointRaster';
import { svgNumber } from './svgPen';

/**
 * The points in view as one path for each style, dim ones first: lines without length, whose round ends are the discs. Those with a rim
 * have a path each, over that of their rim.
 *
 * @param view to CSS pixels
 * @param styles with radii in CSS pixels
 */
export function pointsSvg(
  { places, styles: styleOf }: OrderedPoints,
  view: PixelView,
  { width, height }: { readonly width: number; readonly height: number },
  styles: readonly DiscStyle[],
  ground: PackedColor,
): string[] {
  const lines = new Map<number, string[]>();
  for (let i = 0; i < styleOf.length; i++) {
    const style = styleOf[i];
    const { radius } = styles[style];
    const x = places[2 * i] * view.scale + view.left;
    const y = places[2 * i + 1] * view.scale + view.top;
    // In this form, so that a place that is no number is out.
    if (x > -radius && y > -radius && x < width + radius && y < height + radius) {
      const line = lines.get(style) ?? [];
      lines.set(style, line);
      line.push(`M${svgNumber(x)} ${svgNumber(y)}h0`);
    }
  }
  const level = (style: number): number => (style >= LARGEST_PALETTE ? style - 2 * LARGEST_PALETTE : style);
  return [...lines]
    .sort(([a], [b]) => level(a) - level(b))
    .flatMap(([style, line]) => {
      const { color, opacity, radius, rim } = styles[style];
      return rim === undefined
        ? [discsSvg(line.join(''), color, radius, opacity)]
        : line.flatMap((disc) => [
            discsSvg(disc, ground, radius + rim, 1),
            discsSvg(disc, color, radius, opacity),
          ]);
    });
}

function discsSvg(path: string, color: PackedColor, radius: number, opacity: number): string {
  const look = `stroke="${hexOf(color)}" stroke-width="${(2 * radius).toFixed(2)}" stroke-opacity="${opacity.toFixed(2)}"`;
  return `<path d="${path}" fill="none" ${look} stroke-linecap="round"/>`;
}

/** @param color packed, red lowest */
function hexOf(color: PackedColor): string {
  const channels = [color & 255, (color >> 8) & 255, (color >> 16) & 255];
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
