import { toScreen, type Camera, type ScreenPoint, type StageSize } from './camera';
import type { LabelRoom } from './labelRoom';
import type { Pen, TextLook } from './pen';
import type { StageColors } from './stageColors';

/** What all that is drawn over the points is drawn with. */
export interface SceneView {
  readonly pen: Pen;
  readonly camera: Camera;
  readonly size: StageSize;
  readonly colors: StageColors;
  /** What is taken already. */
  readonly room: LabelRoom;
  /** x and y by id. */
  readonly positions: Float32Array;
  /** Radius of a usual point in CSS pixels. */
  readonly radius: number;
  /** A token as a name shows it. */
  readonly nameOf: (id: number) => string;
}

/** Where a token's point is on the stage, undefined for one without a place. */
export function pointOf({ positions, camera, size }: SceneView, id: number): ScreenPoint | undefined {
  const x = positions[2 * id];
  const y = positions[2 * id + 1];
  return Number.isFinite(x + y) ? toScreen(camera, size, x, y) : undefined;
}

/** Writes a name beside a point, at the first of its four sides that is free. @returns whether there was one */
export function nameBeside(
  { pen, room, colors }: SceneView,
  { x, y }: ScreenPoint,
  radius: number,
  text: string,
  weight: 400 | 700,
): boolean {
  const look: TextLook = { size: 12, family: 'mono', weight, color: colors.text, halo: colors.groundText };
  const width = pen.widthOf(text, look);
  const gap = radius + 3;
  const sides = [
    [x + gap, y + 4],
    [x - gap - width, y + 4],
    [x - width / 2, y - radius - 5],
    [x - width / 2, y + radius + 13],
  ] as const;
  for (const [left, baseline] of sides) {
    if (room.claim({ left: left - 2, top: baseline - 11, right: left + width + 2, bottom: baseline + 4 })) {
      pen.text(text, left, baseline, look);
      return true;
    }
  }
  return false;
}
