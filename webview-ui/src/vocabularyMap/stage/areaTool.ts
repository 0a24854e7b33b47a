import { toWorld, type Camera, type ScreenPoint, type StageSize } from './camera';
import type { Polygon } from './lasso';

/** A hand trembles: corners nearer to each other are one, in CSS pixels. */
const LEAST_STEP = 3;
const FIRST_SIDE = 160;
const SIDE_STEP = 1.25;
const LEAST_SIDE = 16;

/** An area that is being drawn by hand, or set by keys as a square around the middle of the stage. */
export class AreaTool {
  /** Whether dragging draws. */
  isOn = false;
  /** Side of the square in CSS pixels, undefined where there is none. */
  side: number | undefined;
  private corners: number[] | undefined;
  private last: ScreenPoint | undefined;

  /** What there is to be seen of it, in units of the world. */
  draft(camera: Camera, size: StageSize): Polygon | undefined {
    return this.side === undefined ? this.corners : squareAround(camera, this.side, size);
  }

  start(at: ScreenPoint, camera: Camera, size: StageSize): void {
    this.corners = [];
    this.last = undefined;
    this.add(at, camera, size);
  }

  add(at: ScreenPoint, camera: Camera, size: StageSize): void {
    if (!this.corners || (this.last && Math.hypot(at.x - this.last.x, at.y - this.last.y) < LEAST_STEP)) {
      return;
    }
    const { x, y } = toWorld(camera, size, at);
    this.corners.push(x, y);
    this.last = at;
  }

  /** @returns what was drawn, undefined where it encloses nothing; then there is no draft any more */
  take(camera: Camera, size: StageSize): Polygon | undefined {
    const taken = this.draft(camera, size);
    this.drop();
    return taken && taken.length >= 6 ? taken : undefined;
  }

  drop(): void {
    this.corners = undefined;
    this.side = undefined;
  }

  openSquare({ width, height }: StageSize): void {
    this.corners = undefined;
    this.side = Math.min(FIRST_SIDE, width / 2, height / 2);
  }

  /** @param isLarger or smaller, by a quarter */
  sizeSquare(isLarger: boolean, { width, height }: StageSize): void {
    if (this.side !== undefined) {
      const side = isLarger ? this.side * SIDE_STEP : this.side / SIDE_STEP;
      this.side = Math.max(LEAST_SIDE, Math.min(side, width, height));
    }
  }
}

function squareAround(camera: Camera, side: number, { width, height }: StageSize): Polygon {
  const half = side / 2;
  const corner = (dx: number, dy: number): number[] => {
    const { x, y } = toWorld(camera, { width, height }, { x: width / 2 + dx, y: height / 2 + dy });
    return [x, y];
  };
  return [...corner(-half, -half), ...corner(half, -half), ...corner(half, half), ...corner(-half, half)];
}
