import type { PairView } from '../../../src/protocol/compareView';
import { largestMagnitude, symmetricLimit } from '../plots/symmetricAxis';

/** Where the axes of a drawing are, in CSS pixels, and how values are placed between them. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for the numbers of the vertical axis. */
const LEFT = 44;
const RIGHT = 12;
export const LINE_PLOT_HEIGHT = 178;
const LINE_TOP = 8;
/** Room for the numbers of the horizontal axis. */
const LINE_BOTTOM = 22;
const TITLE_HEIGHT = 32;
/** Numbers, then the name of the axis. */
const SCATTER_BOTTOM = 40;
/** A wider scatter would push the facts beside it away and shows no more. */
const MAX_SCATTER_SIDE = 400;

/** Both drawings of one pair share an axis from −limit to limit. */
export interface PairScale {
  readonly count: number;
  readonly limit: number;
}

export function pairScale({ a, b }: PairView): PairScale {
  return { count: Math.max(a.length, b.length), limit: symmetricLimit(largestMagnitude(a, b)) };
}

export function lineFrame(width: number): Frame {
  return {
    left: LEFT,
    top: LINE_TOP,
    width: Math.max(1, width - LEFT - RIGHT),
    height: LINE_PLOT_HEIGHT - LINE_TOP - LINE_BOTTOM,
  };
}

/** A square under a title. */
export function scatterFrame(width: number): Frame {
  const side = Math.max(1, Math.min(MAX_SCATTER_SIDE, width - LEFT - RIGHT));
  return { left: LEFT, top: TITLE_HEIGHT, width: side, height: side };
}

export function scatterHeight(frame: Frame): number {
  return frame.top + frame.height + SCATTER_BOTTOM;
}

/** Horizontal place of a dimension in the line plot. */
export function dimensionX(dimension: number, { left, width }: Frame, { count }: PairScale): number {
  return left + (count > 1 ? (dimension / (count - 1)) * width : width / 2);
}

/** The dimension that is drawn nearest to a horizontal place. */
export function dimensionAt(x: number, { left, width }: Frame, { count }: PairScale): number {
  const dimension = Math.round(((x - left) / width) * (count - 1));
  return Math.min(count - 1, Math.max(0, dimension));
}

export function valueX(value: number, { left, width }: Frame, { limit }: PairScale): number {
  return left + ((value + limit) / (2 * limit)) * width;
}

export function valueY(value: number, { top, height }: Frame, { limit }: PairScale): number {
  return top + ((limit - value) / (2 * limit)) * height;
}

/** Dimensions at which the line plot has a number: multiples of a power of two, far enough from each other. */
export function dimensionTicks({ count }: PairScale, width: number): number[] {
  let step = 1;
  while ((count / step) * 72 > width && step < count) {
    step *= 2;
  }
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}

/**
 * The dimension whose point lies nearest to a place in the scatter.
 *
 * @param reach how far away it may be, in CSS pixels
 */
export function nearestDimension(
  { a, b }: PairView,
  frame: Frame,
  scale: PairScale,
  at: { readonly x: number; readonly y: number },
  reach: number,
): number | undefined {
  let nearest: number | undefined;
  let smallest = reach * reach;
  for (let dimension = 0; dimension < scale.count; dimension++) {
    const x = valueX(a[dimension] ?? NaN, frame, scale) - at.x;
    const y = valueY(b[dimension] ?? NaN, frame, scale) - at.y;
    const distance = x * x + y * y;
    if (distance <= smallest) {
      smallest = distance;
      nearest = dimension;
    }
  }
  return nearest;
}
