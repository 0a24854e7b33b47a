/** Where the map is looked at from. World y grows downward, as on the screen. */
export interface Camera {
  /** The world's point in the middle of the stage. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels for one unit of the world, > 0. */
  readonly scale: number;
}

/** In CSS pixels. */
export interface StageSize {
  readonly width: number;
  readonly height: number;
}

export interface ScreenPoint {
  /** CSS pixels from the left and the top of the stage. */
  readonly x: number;
  readonly y: number;
}

/** A rectangle of the world: left ≤ right, top ≤ bottom. */
export interface WorldBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How much of the stage the whole map takes, so that nothing touches its edge. */
const FILL = 0.94;
/** Zoom is the scale as a multiple of that at which the whole map is seen. */
export const LEAST_ZOOM = 0.5;
export const GREATEST_ZOOM = 256;

/** @returns the camera that shows a box as large as the stage allows, in the middle */
export function fitCamera(box: WorldBox, size: StageSize): Camera {
  // A box without extent, as of one point, is shown as if it were a unit wide.
  const width = box.right - box.left || box.bottom - box.top || 1;
  const height = box.bottom - box.top || width;
  return {
    x: (box.left + box.right) / 2,
    y: (box.top + box.bottom) / 2,
    scale: FILL * Math.min(Math.max(1, size.width) / width, Math.max(1, size.height) / height),
  };
}

export function toScreen(camera: Camera, size: StageSize, x: number, y: number): ScreenPoint {
  return {
    x: (x - camera.x) * camera.scale + size.width / 2,
    y: (y - camera.y) * camera.scale + size.height / 2,
  };
}

/** The world's point under a point of the stage: the inverse of {@link toScreen}. */
export function toWorld(camera: Camera, size: StageSize, at: ScreenPoint): { x: number; y: number } {
  return {
    x: (at.x - size.width / 2) / camera.scale + camera.x,
    y: (at.y - size.height / 2) / camera.scale + camera.y,
  };
}

/** The part of the world that is seen, with a margin in CSS pixels around it. */
export function visibleBox(camera: Camera, size: StageSize, margin = 0): WorldBox {
  const { x: left, y: top } = toWorld(camera, size, { x: -margin, y: -margin });
  const { x: right, y: bottom } = toWorld(camera, size, {
    x: size.width + margin,
    y: size.height + margin,
  });
  return { left, top, right, bottom };
}

/** Moves what is seen by CSS pixels, as if it were dragged. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** Changes the scale by a factor, so that what lies under a point of the stage stays there. */
export function zoomAt(camera: Camera, size: StageSize, at: ScreenPoint, factor: number): Camera {
  const fixed = toWorld(camera, size, at);
  const scale = camera.scale * factor;
  return {
    x: fixed.x - (at.x - size.width / 2) / scale,
    y: fixed.y - (at.y - size.height / 2) / scale,
    scale,
  };
}

/** The factor by which the scale may be changed, where one was asked for. @param fitScale Scale at which the whole map is seen. */
export function allowedFactor(camera: Camera, fitScale: number, factor: number): number {
  return clampScale(camera.scale * factor, fitScale) / camera.scale;
}

/**
 * The nearest camera that is allowed: its zoom within the limits, its middle on the map.
 *
 * @param whole where there are points, those beyond the quantiles included
 */
export function limitCamera(camera: Camera, whole: WorldBox, fitScale: number): Camera {
  return {
    x: clamp(camera.x, whole.left, whole.right),
    y: clamp(camera.y, whole.top, whole.bottom),
    scale: clampScale(camera.scale, fitScale),
  };
}

function clampScale(scale: number, fitScale: number): number {
  return clamp(scale, LEAST_ZOOM * fitScale, GREATEST_ZOOM * fitScale);
}

/** Also for what is no number, which becomes the least. */
function clamp(value: number, least: number, most: number): number {
  return value >= least ? Math.min(value, most) : least;
}
