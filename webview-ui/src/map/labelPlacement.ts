import type { Point } from './mapGeometry';

/** A rectangle in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Heights of a label's text above and below its baseline. */
const ASCENT = 9;
const DESCENT = 3;
/** From the middle of a point to its label. */
const BESIDE = 8;
const DIAGONAL = 6;

/** Where a label starts relative to its point: baseline, and how much of the label's width lies left of it. */
interface Side {
  readonly x: number;
  readonly shift: 0 | 0.5 | 1;
  readonly y: number;
}

/** Best side first: beside the point, then diagonally, then above and below. */
const SIDES: readonly Side[] = [
  { x: BESIDE, shift: 0, y: 4 },
  { x: -BESIDE, shift: 1, y: 4 },
  { x: DIAGONAL, shift: 0, y: -4 },
  { x: -DIAGONAL, shift: 1, y: -4 },
  { x: DIAGONAL, shift: 0, y: ASCENT + DIAGONAL },
  { x: -DIAGONAL, shift: 1, y: ASCENT + DIAGONAL },
  { x: 0, shift: 0.5, y: -BESIDE - 1 },
  { x: 0, shift: 0.5, y: ASCENT + BESIDE },
];

export interface Anchor extends Point {
  readonly width: number;
  /** Labels that must be there cover obstacles rather than to be missing. */
  readonly mustShow: boolean;
}

/**
 * Places labels greedily, in the order given, each on the first of eight sides where it covers neither an obstacle nor an
 * earlier label and stays within the bounds.
 *
 * @param anchors the labels' points and widths, most important first
 * @param obstacles boxes that no label may cover, such as the points themselves
 * @returns for each anchor the left end of its baseline; undefined where no side was free
 */
export function placeLabels(
  anchors: readonly Anchor[],
  obstacles: readonly Box[],
  bounds: Box,
): (Point | undefined)[] {
  const taken = new BoxGrid();
  obstacles.forEach((obstacle) => taken.add(obstacle));
  return anchors.map((anchor) => {
    const places = SIDES.map((side) => besides(anchor, side)).filter(({ box }) => isWithin(box, bounds));
    const free = places.find(({ box }) => !taken.overlaps(box)) ?? (anchor.mustShow ? places[0] : undefined);
    if (free) {
      taken.add(free.box);
    }
    return free?.start;
  });
}

function besides({ x, y, width }: Anchor, side: Side): { readonly start: Point; readonly box: Box } {
  const left = x + side.x - side.shift * width;
  const baseline = y + side.y;
  return {
    start: { x: left, y: baseline },
    box: { left, top: baseline - ASCENT, right: left + width, bottom: baseline + DESCENT },
  };
}

function isWithin(box: Box, bounds: Box): boolean {
  return (
    box.left >= bounds.left &&
    box.right <= bounds.right &&
    box.top >= bounds.top &&
    box.bottom <= bounds.bottom
  );
}

/** Larger than most boxes, so that a box lies in few cells. */
const CELL = 32;

/** Boxes by the cells of a grid: 1,000 labels with eight sides each would otherwise look at millions of pairs. */
class BoxGrid {
  private readonly cells = new Map<string, Box[]>();

  add(box: Box): void {
    for (const cell of cellsOf(box)) {
      const boxes = this.cells.get(cell);
      if (boxes) {
        boxes.push(box);
      } else {
        this.cells.set(cell, [box]);
      }
    }
  }

  overlaps(box: Box): boolean {
    return cellsOf(box).some((cell) => this.cells.get(cell)?.some((other) => doOverlap(box, other)));
  }
}

function cellsOf(box: Box): string[] {
  const cells: string[] = [];
  for (let column = Math.floor(box.left / CELL); column * CELL <= box.right; column++) {
    for (let row = Math.floor(box.top / CELL); row * CELL <= box.bottom; row++) {
      cells.push(`${column} ${row}`);
    }
  }
  return cells;
}

function doOverlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
