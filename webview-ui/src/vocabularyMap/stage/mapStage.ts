import { AwaitedRest } from './awaitedRest';
import { fitCamera, toScreen, type Camera, type ScreenPoint, type WorldBox } from './camera';
import { CameraControl, type KeptCamera } from './cameraControl';
import { closeUp } from './closeUp';
import { KEYS_SENTENCE } from './keyCommand';
import type { ScreenBox } from './labelRoom';
import type { LabelSource } from './labelSource';
import type { Polygon } from './lasso';
import { PlacedPoints } from './placedPoints';
import { PointerInput } from './pointerInput';
import type { PointsOnTop, PointStyle } from './pointStyle';
import type { StageOptions } from './stageEvents';
import { pngOf, svgOf, type ExportedView, type ExportText } from './stageExport';
import { StageGestures, type GestureStage } from './stageGestures';
import { NO_MARKS, type StageMarks, type TokenLinks } from './stageMarks';
import { StagePainter } from './stagePainter';
import { StageSurface } from './stageSurface';

/**
 * The drawing surface of the map of all tokens: points, names, lines and marks on two canvases in {@link element}, which takes the room it
 * is given (position it, or let it grow) and can be rendered as a node. It draws a frame only when something has changed. Positions, colors
 * and marks are set; what the user does comes as events. Nothing of it knows tokens but by id.
 */
export class MapStage {
  private readonly points = new PlacedPoints();
  private readonly control = new CameraControl(() => this.cameraMoved());
  private readonly surface: StageSurface;
  private readonly painter: StagePainter;
  private readonly gestures: StageGestures;
  private readonly input: PointerInput;
  private readonly motion = matchMedia('(prefers-reduced-motion: reduce)');
  private marks = NO_MARKS;
  private frameRequest = 0;
  private readonly rest = new AwaitedRest(
    () => this.control.isFlying || this.gestures.isDragging,
    () => this.rested(),
  );

  /** @throws Error where there is no canvas to draw on */
  constructor(private readonly options: StageOptions) {
    this.surface = new StageSurface(
      () => this.sized(),
      () => this.painter.themeChanged(),
    );
    const { element } = this.surface;
    element.ariaLabel = options.label;
    element.ariaDescription = KEYS_SENTENCE;
    this.painter = new StagePainter(this.surface, this.points.cloud, options.nameOf, () =>
      this.requestFrame(),
    );
    this.gestures = new StageGestures(this.gestureStage());
    this.input = new PointerInput(element, this.gestures);
    element.addEventListener('keydown', (event) => this.gestures.press(event));
  }

  /** What to put into the page. */
  get element(): HTMLElement {
    return this.surface.element;
  }

  /** Ends all listening. */
  dispose(): void {
    cancelAnimationFrame(this.frameRequest);
    this.rest.dispose();
    this.input.dispose();
    this.surface.dispose();
    this.painter.dispose();
  }

  /** The points, at rest. @param positions x and y by token id, kept, not copied; what is not finite has no place, and is never drawn */
  setPoints(positions: Float32Array): void {
    this.place(positions, false);
  }

  /** The points while they unfold: nothing can be pointed at until {@link setPoints} says that they rest. @param positions as there */
  setPositions(positions: Float32Array): void {
    this.place(positions, true);
  }

  /**
   * @param index place in the palette by token id
   * @param palette at most 256 styles; colors are CSS, and follow the theme
   * @param onTop which of two points is seen: the commoner token's, or the one later in the palette
   */
  setColors(index: Uint8Array, palette: readonly PointStyle[], onTop: PointsOnTop = 'common'): void {
    this.points.cloud.setColors(index, onTop);
    this.painter.palette = palette;
    this.painter.pointsChanged();
  }

  /** @param flags by token id, not 0 for those to be dim: they are drawn faintly and below all others, and meant only where no other is near */
  setDim(flags: Uint8Array | undefined): void {
    this.points.cloud.setDim(flags);
    this.painter.pointsChanged();
  }

  /** @param source undefined for no names */
  setLabels(source: LabelSource | undefined): void {
    this.painter.labels = source;
    this.requestFrame();
  }

  /** To be called when the source of labels has others now. */
  labelsChanged(): void {
    this.requestFrame();
  }

  /** The selected token with lines to its true neighbors, or none. */
  setSelection(selection: TokenLinks | undefined): void {
    this.mark({ selection });
  }

  /** A token that is pointed at, here or elsewhere, with a ring, and lines to its neighbors. */
  setHovered(hovered: TokenLinks | undefined): void {
    this.mark({ hovered });
  }

  /** Tokens of the query: marks with names. */
  setQuery(query: readonly number[]): void {
    this.mark({ query });
  }

  /** A way over tokens, drawn as a line; empty for none. */
  setWay(way: readonly number[]): void {
    this.mark({ way });
  }

  /** An area that stays, with rings around the tokens in it; undefined for none. */
  setArea(area: Polygon | undefined, ids: Uint32Array = new Uint32Array(0)): void {
    this.mark({ area, ringed: ids });
  }

  /** Boxes of the stage, in CSS pixels, over which something else stands: no names are put there. */
  setCovered(boxes: readonly ScreenBox[]): void {
    this.painter.covered = boxes;
    this.requestFrame();
  }

  /** Whether dragging draws an area. */
  get isDrawing(): boolean {
    return this.gestures.isDrawing;
  }

  set isDrawing(isOn: boolean) {
    this.gestures.isDrawing = isOn;
  }

  /** Where the map is looked at from; can be set before there are points. */
  get camera(): KeptCamera {
    return this.control.keptCamera;
  }

  set camera(camera: KeptCamera) {
    this.control.keptCamera = camera;
  }

  /** CSS pixels for a unit of the world where the whole map is seen. */
  get fitScale(): number {
    return this.control.fitScale;
  }

  /** Flies to a token, so that its near neighbors are in view where it is the selected one, or to a box; at once under reduced motion. */
  flyTo(target: number | WorldBox): void {
    const camera = typeof target === 'number' ? this.closeUpOf(target) : fitCamera(target, this.control.size);
    if (camera) {
      this.fly(camera);
    }
  }

  zoomIn(): void {
    this.gestures.zoomAtMiddle(2);
  }

  zoomOut(): void {
    this.gestures.zoomAtMiddle(1 / 2);
  }

  showWhole(): void {
    this.control.showWhole(this.motion.matches, performance.now());
  }

  /** The token that a mouse event over the stage means. */
  tokenAt(event: MouseEvent): number | undefined {
    return this.gestures.find(this.input.placeOf(event));
  }

  /** Where a token's point is, in CSS pixels of the stage; undefined for one without a place. */
  placeOf(id: number): ScreenPoint | undefined {
    const { cloud } = this.points;
    const { camera, size } = this.control;
    return cloud.hasPlace(id)
      ? toScreen(camera, size, cloud.positions[2 * id], cloud.positions[2 * id + 1])
      : undefined;
  }

  /** The view as the text of an SVG, in literal colors of the light theme. */
  toSvg(text: ExportText): string {
    return svgOf(this.exportedView, text);
  }

  /** The view as a PNG file in base64, as {@link toSvg}, at twice its size. @throws Error where there is no canvas */
  toPng(text: ExportText): string {
    return pngOf(this.exportedView, text);
  }

  /** Resolves when all that was set has been drawn, with all points. */
  async drawn(): Promise<void> {
    while (this.frameRequest !== 0 || this.painter.isThinned) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  private get exportedView(): ExportedView {
    const { camera, size, zoom } = this.control;
    const { palette, labels } = this.painter;
    const { nameOf } = this.options;
    return { camera, size, zoom, cloud: this.points.cloud, palette, marks: this.marks, labels, nameOf };
  }

  private gestureStage(): GestureStage {
    const { points, control, options, element } = this;
    const selected = () => this.marks.selection?.id;
    return {
      element,
      points,
      control,
      events: options.events,
      get selected() {
        return selected();
      },
      requestFrame: () => this.requestFrame(),
      pointedAt: (id) => this.pointedAt(id),
      showWhole: () => this.showWhole(),
      goTo: (x, y) => this.fly({ ...control.camera, x, y }),
      dragged: () => this.rest.moved(),
    };
  }

  private pointedAt(id: number | undefined): void {
    this.setHovered(id === undefined ? undefined : { id, neighbors: [] });
    this.options.events.hover?.(id, id === undefined ? undefined : this.placeOf(id));
  }

  private closeUpOf(id: number): Camera | undefined {
    const { selection } = this.marks;
    const near = selection?.id === id ? selection.neighbors.filter((neighbor) => neighbor.near) : [];
    const ids = near.map((neighbor) => neighbor.id);
    return closeUp(this.points.cloud.positions, id, ids, this.control);
  }

  private fly(camera: Camera): void {
    this.control.flyTo(camera, this.motion.matches, performance.now());
  }

  private place(positions: Float32Array, isMoving: boolean): void {
    const bounds = this.points.place(positions, isMoving);
    this.control.setBounds(bounds);
    this.painter.placesChanged(bounds);
  }

  private mark(changed: Partial<StageMarks>): void {
    this.marks = { ...this.marks, ...changed };
    this.requestFrame();
  }

  private sized(): void {
    const { width, height } = this.surface.size;
    this.control.setSize({ width, height });
    this.painter.pointsChanged();
    this.options.events.resized?.(width, height, this.fitScale);
  }

  private cameraMoved(): void {
    this.painter.pointsChanged();
    this.rest.moved();
  }

  private rested(): void {
    this.painter.rested();
    this.options.events.cameraChanged?.(this.camera);
  }

  private requestFrame(): void {
    this.frameRequest ||= requestAnimationFrame((now) => this.frame(now));
  }

  private frame(now: number): void {
    this.frameRequest = 0;
    this.control.step(now);
    const { draft } = this.gestures;
    const marks = draft ? { ...this.marks, area: draft, ringed: NO_MARKS.ringed } : this.marks;
    this.painter.paint(this.control, marks, this.rest.isAwaited);
    if (this.control.isFlying) {
      this.requestFrame();
    }
  }
}
