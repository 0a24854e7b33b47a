import type { Camera, StageSize } from './camera';
import { CanvasPen } from './canvasPen';
import { drawScene } from './drawScene';
import { LabelRoom } from './labelRoom';
import type { LabelSource } from './labelSource';
import type { Pen } from './pen';
import type { PointCloud } from './pointCloud';
import { discStyles, pixelView } from './pointsPainter';
import { pointsSvg } from './pointsSvg';
import type { PointStyle } from './pointStyle';
import { packedColor } from './raster/packedColor';
import { PointRaster, showPicture } from './raster/pointRaster';
import { pointRadius } from './raster/pointRadius';
import { ThemeColors, type StageColors } from './stageColors';
import type { StageMarks } from './stageMarks';
import { SvgPen, xmlText } from './svgPen';
import { TextWidths } from './textWidths';

/** What stands in a saved picture beside the map. */
export interface ExportText {
  readonly title: string;
  readonly description: string;
  /** Lines below the map: what is seen, how far it can be believed, where the numbers come from. */
  readonly foot: readonly string[];
}

/** What is saved: the map as it is seen. */
export interface ExportedView {
  readonly camera: Camera;
  readonly size: StageSize;
  readonly zoom: number;
  readonly cloud: PointCloud;
  readonly palette: readonly PointStyle[];
  readonly marks: StageMarks;
  readonly labels: LabelSource | undefined;
  readonly nameOf: (id: number) => string;
}

/** Pixels of a PNG for each CSS pixel: sharp on paper and on dense screens. */
const PNG_SCALE = 2;
const LINE_HEIGHT = 16;
const MARGIN = 8;

/** The map as the text of an SVG of its own: points as paths, names as text, in literal colors of the light theme. */
export function svgOf(view: ExportedView, text: ExportText): string {
  return inLight((theme, colors) => {
    const { width, height } = view.size;
    const total = height + footHeight(text);
    const styles = discStyles(view.palette, theme, colors, view.zoom, 1);
    const pen = new SvgPen(colors, new TextWidths());
    drawOver(view, pen, colors, text);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}">`,
      `<title>${xmlText(text.title)}</title>`,
      `<desc>${xmlText(text.description)}</desc>`,
      `<rect width="${width}" height="${total}" fill="${colors.groundText}"/>`,
      `<svg width="${width}" height="${height}">`,
      ...pointsSvg(
        view.cloud.ordered,
        pixelView(view.camera, view.size, 1),
        view.size,
        styles,
        packedColor(colors.ground),
      ),
      '</svg>',
      ...pen.elements,
      '</svg>',
      '',
    ].join('\n');
  });
}

/**
 * @returns the map as a PNG file in base64, in colors of the light theme, at twice its size in CSS pixels
 * @throws Error where there is no canvas to draw on
 */
export function pngOf(view: ExportedView, text: ExportText): string {
  return inLight((theme, colors) => {
    const { width, height } = view.size;
    const canvas = document.createElement('canvas');
    canvas.width = width * PNG_SCALE;
    canvas.height = (height + footHeight(text)) * PNG_SCALE;
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) {
      throw new Error('There is no canvas to draw on.');
    }
    context.fillStyle = colors.groundText;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const picture = new PointRaster().draw(
      canvas.width,
      height * PNG_SCALE,
      view.cloud.ordered,
      pixelView(view.camera, view.size, PNG_SCALE),
      discStyles(view.palette, theme, colors, view.zoom, PNG_SCALE),
      packedColor(colors.ground),
    );
    showPicture(context, picture);
    context.scale(PNG_SCALE, PNG_SCALE);
    drawOver(view, new CanvasPen(context, colors, new TextWidths()), colors, text);
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
  });
}

function footHeight({ foot }: ExportText): number {
  return foot.length > 0 ? foot.length * LINE_HEIGHT + 2 * MARGIN : 0;
}

function drawOver(view: ExportedView, pen: Pen, colors: StageColors, { foot }: ExportText): void {
  const { camera, size, zoom, cloud, marks, labels, nameOf } = view;
  const room = new LabelRoom(size.width, size.height);
  const scene = {
    pen,
    camera,
    size,
    colors,
    room,
    positions: cloud.positions,
    radius: pointRadius(zoom),
    nameOf,
  };
  drawScene(scene, { ...marks, hovered: undefined }, labels, zoom);
  foot.forEach((line, index) => {
    const baseline = size.height + MARGIN + (index + 0.75) * LINE_HEIGHT;
    pen.text(line, MARGIN, baseline, { size: 11, family: 'ui', color: colors.quiet });
  });
}

/** With the colors of saved files, whatever the theme is. */
function inLight<Made>(make: (theme: ThemeColors, colors: StageColors) => Made): Made {
  const place = document.createElement('div');
  place.className = 'export-light';
  place.ariaHidden = 'true';
  document.body.append(place);
  try {
    const theme = new ThemeColors(place);
    return make(theme, theme.stageColors());
  } finally {
    place.remove();
  }
}
