import type { Camera, StageSize } from './camera';
import { LARGEST_PALETTE, type PointStyle } from './pointStyle';
import { packedColor } from './raster/packedColor';
import { pointOpacity, pointRadius } from './raster/pointRadius';
import type { DiscStyle, PixelView } from './raster/pointRaster';
import type { StageColors, ThemeColors } from './stageColors';

/** Dim points keep this much of the opacity of others. */
const DIM_OPACITY = 220 / 256;

/**
 * The palette in pixels and literal colors; places from {@link LARGEST_PALETTE} on are of dim points.
 *
 * @param ratio pixels of the device for one of CSS
 */
export function discStyles(
  palette: readonly PointStyle[],
  theme: ThemeColors,
  colors: StageColors,
  zoom: number,
  ratio: number,
): DiscStyle[] {
  const usual = pointRadius(zoom);
  const opacity = pointOpacity(zoom, colors.isLight ? 'light' : 'dark');
  const dim: DiscStyle = {
    color: packedColor(colors.dimPoint),
    opacity: DIM_OPACITY,
    radius: usual * ratio,
  };
  const bright = palette.slice(0, LARGEST_PALETTE).map((style): DiscStyle => ({
    color: packedColor(theme.rgb(style.color)),
    opacity: style.opacity ?? opacity,
    radius: (style.radius ?? usual * (style.scale ?? 1)) * ratio,
    ...(style.rim !== undefined && { rim: style.rim * ratio }),
  }));
  const styles = bright.length > 0 ? bright : [dim];
  return Array.from({ length: 2 * LARGEST_PALETTE }, (_, place) =>
    // A place that the palette does not have is drawn as its first one.
    place < LARGEST_PALETTE ? (styles[place] ?? styles[0]) : dim,
  );
}

/** @param ratio pixels of the device for one of CSS */
export function pixelView(camera: Camera, size: StageSize, ratio: number): PixelView {
  return {
    scale: camera.scale * ratio,
    left: (size.width / 2 - camera.x * camera.scale) * ratio,
    top: (size.height / 2 - camera.y * camera.scale) * ratio,
  };
}
