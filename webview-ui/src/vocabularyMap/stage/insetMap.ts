import { fitCamera, visibleBox, type Camera, type ScreenPoint, type StageSize } from './camera';
import type { ScreenBox } from './labelRoom';
import type { MapBounds } from './mapBounds';
import { PointRaster, showPicture, type OrderedPoints } from './raster/pointRaster';
import { packedColor } from './raster/packedColor';
import { pixelView } from './pointsPainter';
import type { StageColors } from './stageColors';

const WIDTH = 100;
const HEIGHT = 80;
const GAP = 12;
/** A narrower stage has no room to spare. */
const LEAST_STAGE_WIDTH = 560;
/** From here on the whole map is no longer in view. */
const LEAST_ZOOM = 1.5;
const SIZE: StageSize = { width: WIDTH, height: HEIGHT };

/** The whole map in a corner, with a frame around what is seen. */
export class InsetMap {
  private readonly canvas = document.createElement('canvas');
  private readonly raster = new PointRaster();
  private drawn: string | undefined;

  /** Where it stands, undefined where it is not shown. */
  static place({ width, height }: StageSize, zoom: number): ScreenBox | undefined {
    return width >= LEAST_STAGE_WIDTH && height >= 3 * HEIGHT && zoom >= LEAST_ZOOM
      ? { left: GAP, top: height - GAP - HEIGHT, right: GAP + WIDTH, bottom: height - GAP }
      : undefined;
  }

  /** The world's point under a point of the stage that lies in the inset. */
  static worldAt(at: ScreenPoint, place: ScreenBox, bounds: MapBounds): { x: number; y: number } {
    const camera = fitCamera(bounds.most, SIZE);
    return {
      x: camera.x + (at.x - place.left - WIDTH / 2) / camera.scale,
      y: camera.y + (at.y - place.top - HEIGHT / 2) / camera.scale,
    };
  }

  /** To be called when points have moved. */
  forget(): void {
    this.drawn = undefined;
  }

  draw(
    context: CanvasRenderingContext2D,
    place: ScreenBox,
    points: OrderedPoints,
    bounds: MapBounds,
    seen: Camera,
    stage: StageSize,
    colors: StageColors,
    ratio: number,
  ): void {
    const camera = fitCamera(bounds.most, SIZE);
    this.prepare(points, camera, colors, ratio);
    context.drawImage(this.canvas, place.left, place.top, WIDTH, HEIGHT);
    const toInset = (x: number, y: number): ScreenPoint => ({
      x: place.left + WIDTH / 2 + (x - camera.x) * camera.scale,
      y: place.top + HEIGHT / 2 + (y - camera.y) * camera.scale,
    });
    const box = visibleBox(seen, stage);
    const from = toInset(box.left, box.top);
    const to = toInset(box.right, box.bottom);
    context.save();
    context.beginPath();
    context.rect(place.left, place.top, WIDTH, HEIGHT);
    context.clip();
    context.strokeStyle = colors.focus;
    context.lineWidth = 1.5;
    // However far the map is zoomed in, the frame can be seen.
    context.strokeRect(
      from.x - 1,
      from.y - 1,
      Math.max(4, to.x - from.x + 2),
      Math.max(4, to.y - from.y + 2),
    );
    context.restore();
    context.strokeStyle = colors.quiet;
    context.lineWidth = 1;
    context.strokeRect(place.left + 0.5, place.top + 0.5, WIDTH - 1, HEIGHT - 1);
  }

  private prepare(points: OrderedPoints, camera: Camera, colors: StageColors, ratio: number): void {
    const key = `${ratio} ${String(colors.ground)} ${String(colors.dimPoint)}`;
    if (this.drawn === key) {
      return;
    }
    this.drawn = key;
    this.canvas.width = Math.round(WIDTH * ratio);
    this.canvas.height = Math.round(HEIGHT * ratio);
    const context = this.canvas.getContext('2d', { alpha: false });
    if (context) {
      const plain = { places: points.places, styles: new Uint16Array(points.styles.length) };
      const style = { color: packedColor(colors.dimPoint), opacity: 0.5, radius: 0.5 * ratio };
      const { width, height } = this.canvas;
      const view = pixelView(camera, SIZE, ratio);
      showPicture(context, this.raster.draw(width, height, plain, view, [style], packedColor(colors.ground)));
    }
  }
}
