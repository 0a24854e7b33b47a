import type { CameraControl } from './cameraControl';
import { CanvasPen } from './canvasPen';
import { drawScene } from './drawScene';
import { InsetMap } from './insetMap';
import { LabelRoom, type ScreenBox } from './labelRoom';
import type { LabelSource } from './labelSource';
import type { MapBounds } from './mapBounds';
import type { PointCloud } from './pointCloud';
import { discStyles, pixelView } from './pointsPainter';
import type { PointStyle } from './pointStyle';
import { packedColor } from './raster/packedColor';
import { PointRaster, showPicture } from './raster/pointRaster';
import { pointRadius } from './raster/pointRadius';
import { ThemeColors, type StageColors } from './stageColors';
import type { StageMarks } from './stageMarks';
import type { StageSurface } from './stageSurface';
import { TextWidths } from './textWidths';

/** A picture of all points that takes longer, in milliseconds, is a long one. */
const LONG_RASTER_MS = 12;
/** After so many of them, one after the other, every second point is drawn while the map moves. The first pictures are slow everywhere. */
const LONG_PICTURES = 4;

/** Paints a stage: points when they or the camera have changed, what is over them in every frame. */
export class StagePainter {
  private readonly raster = new PointRaster();
  private readonly inset = new InsetMap();
  private readonly theme: ThemeColors;
  private readonly widths = new TextWidths();
  private colors: StageColors | undefined;
  private bounds: MapBounds | undefined;
  private arePointsStale = true;
  private longPictures = 0;
  /** Whether points are left out of the picture, since the next one was to come soon. */
  isThinned = false;
  palette: readonly PointStyle[] = [{ color: 'var(--series)' }];
  labels: LabelSource | undefined;
  covered: readonly ScreenBox[] = [];

  constructor(
    private readonly surface: StageSurface,
    private readonly cloud: PointCloud,
    private readonly nameOf: (id: number) => string,
    private readonly requestFrame: () => void,
  ) {
    this.theme = new ThemeColors(surface.element);
  }

  dispose(): void {
    this.theme.dispose();
  }

  themeChanged(): void {
    this.theme.forget();
    this.widths.forget();
    this.colors = undefined;
    this.inset.forget();
    this.pointsChanged();
  }

  /** Colors, size or camera are others now. */
  pointsChanged(): void {
    this.arePointsStale = true;
    this.requestFrame();
  }

  placesChanged(bounds: MapBounds): void {
    this.bounds = bounds;
    this.inset.forget();
    this.pointsChanged();
  }

  /** Nothing moves any more: what was left out is drawn. */
  rested(): void {
    if (this.isThinned) {
      this.pointsChanged();
    }
  }

  /** @param isMoving whether the next picture comes soon */
  paint(control: CameraControl, marks: StageMarks, isMoving: boolean): void {
    const { surface } = this;
    if (surface.size.width === 0 || surface.size.height === 0) {
      return;
    }
    this.colors ??= this.theme.stageColors();
    if (this.arePointsStale) {
      this.paintPoints(control, this.colors, isMoving);
    }
    this.paintOver(control, marks, this.colors);
  }

  private paintPoints(control: CameraControl, colors: StageColors, isMoving: boolean): void {
    const { surface, cloud } = this;
    const { width, height } = surface.pixelSize;
    const start = performance.now();
    this.isThinned = isMoving && this.longPictures >= LONG_PICTURES;
    const picture = this.raster.draw(
      width,
      height,
      cloud.ordered,
      pixelView(control.camera, control.size, surface.ratio),
      discStyles(this.palette, this.theme, colors, control.zoom, surface.ratio),
      packedColor(colors.ground),
      this.isThinned ? 2 : 1,
    );
    showPicture(surface.pointsContext, picture);
    this.arePointsStale = false;
    const isLong = performance.now() - start > (this.isThinned ? LONG_RASTER_MS / 2 : LONG_RASTER_MS);
    this.longPictures = isLong ? this.longPictures + 1 : 0;
  }

  private paintOver(control: CameraControl, marks: StageMarks, colors: StageColors): void {
    const { surface, cloud, bounds } = this;
    const { size, camera, zoom } = control;
    const context = surface.clearedOver();
    const room = new LabelRoom(size.width, size.height);
    this.covered.forEach((box) => room.take(box));
    const inset = InsetMap.place(size, zoom);
    if (inset && bounds) {
      room.take(inset);
    }
    const view = {
      pen: new CanvasPen(context, colors, this.widths),
      camera,
      size,
      colors,
      room,
      positions: cloud.positions,
      radius: pointRadius(zoom),
      nameOf: this.nameOf,
    };
    drawScene(view, marks, this.labels, zoom);
    if (inset && bounds) {
      this.inset.draw(context, inset, cloud.ordered, bounds, camera, size, colors, surface.ratio);
    }
  }
}
