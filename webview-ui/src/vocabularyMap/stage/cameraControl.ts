import {
  allowedFactor,
  fitCamera,
  limitCamera,
  pan,
  zoomAt,
  type Camera,
  type ScreenPoint,
  type StageSize,
} from './camera';
import { cameraFlight, type CameraFlight } from './cameraFlight';
import type { MapBounds } from './mapBounds';

/** A camera that means the same on a stage of another size. */
export interface KeptCamera {
  /** The world's point in the middle. */
  readonly x: number;
  readonly y: number;
  /** 1 where the whole map is seen; {@link LEAST_ZOOM} … {@link GREATEST_ZOOM}. */
  readonly zoom: number;
}

/** Where the map is looked at from, and how that changes. As long as nobody has moved it, it shows the whole map. */
export class CameraControl {
  private flight: { readonly path: CameraFlight; readonly start: number } | undefined;
  private bounds: MapBounds | undefined;
  private isFitted = true;
  private kept: KeptCamera | undefined;
  size: StageSize = { width: 0, height: 0 };
  camera: Camera = { x: 0, y: 0, scale: 1 };

  /** @param moved called whenever the camera has changed */
  constructor(private readonly moved: () => void) {}

  /** Scale at which the whole map is seen. */
  get fitScale(): number {
    return this.whole.scale;
  }

  get zoom(): number {
    return this.camera.scale / this.fitScale;
  }

  get isFlying(): boolean {
    return this.flight !== undefined;
  }

  get keptCamera(): KeptCamera {
    return { x: this.camera.x, y: this.camera.y, zoom: this.zoom };
  }

  /** Also before there are points or a size: then it is taken as soon as there are. */
  set keptCamera(kept: KeptCamera) {
    this.flight = undefined;
    this.isFitted = false;
    this.kept = kept;
    this.apply();
  }

  setBounds(bounds: MapBounds): void {
    const { zoom } = this;
    const isFirst = this.bounds === undefined;
    this.bounds = bounds;
    this.settle(isFirst ? undefined : zoom);
  }

  setSize(size: StageSize): void {
    const { zoom } = this;
    const isFirst = this.size.width === 0 || this.size.height === 0;
    this.size = size;
    this.settle(isFirst ? undefined : zoom);
  }

  panBy(dx: number, dy: number): void {
    this.move(pan(this.camera, dx, dy));
  }

  zoomBy(at: ScreenPoint, factor: number): void {
    this.move(zoomAt(this.camera, this.size, at, allowedFactor(this.camera, this.fitScale, factor)));
  }

  /** The whole map again. */
  showWhole(isAtOnce: boolean, now: number): void {
    this.flyTo(this.whole, isAtOnce, now);
    this.isFitted = true;
  }

  /** @param now the time of the frames' clock, in milliseconds; as in {@link step} */
  flyTo(camera: Camera, isAtOnce: boolean, now: number): void {
    const target = this.limited(camera);
    if (isAtOnce || this.size.width === 0 || this.size.height === 0) {
      this.move(target);
      return;
    }
    this.isFitted = false;
    this.kept = undefined;
    this.flight = { path: cameraFlight(this.camera, target, this.size), start: now };
    this.moved();
  }

  /** Goes on with a flight, if there is one. */
  step(now: number): void {
    if (!this.flight) {
      return;
    }
    const { path, start } = this.flight;
    const share = path.duration > 0 ? (now - start) / path.duration : 1;
    this.camera = path.at(share);
    if (share >= 1) {
      this.flight = undefined;
    }
    this.moved();
  }

  private get whole(): Camera {
    return this.bounds ? fitCamera(this.bounds.most, this.size) : { x: 0, y: 0, scale: 1 };
  }

  private move(camera: Camera): void {
    this.flight = undefined;
    this.isFitted = false;
    this.kept = undefined;
    this.camera = this.limited(camera);
    this.moved();
  }

  private limited(camera: Camera): Camera {
    return this.bounds ? limitCamera(camera, this.bounds.whole, this.fitScale) : camera;
  }

  /** After the size or the bounds have changed. @param zoom that of before */
  private settle(zoom: number | undefined): void {
    if (this.isFitted) {
      const { whole } = this;
      if (
        this.flight ||
        whole.x !== this.camera.x ||
        whole.y !== this.camera.y ||
        whole.scale !== this.camera.scale
      ) {
        this.flight = undefined;
        this.camera = whole;
        this.moved();
      }
    } else {
      if (zoom !== undefined) {
        this.kept ??= { x: this.camera.x, y: this.camera.y, zoom };
      }
      this.apply();
    }
  }

  private apply(): void {
    if (this.kept && this.bounds && this.size.width > 0 && this.size.height > 0) {
      const { x, y, zoom } = this.kept;
      this.camera = this.limited({ x, y, scale: zoom * this.fitScale });
      this.kept = undefined;
    }
    this.moved();
  }
}
