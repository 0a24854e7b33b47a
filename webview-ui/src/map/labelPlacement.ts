import type { Point } from './mapGeometry';

/** A rectangle in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Heights of a label's text above and below its baseline, with the halo around it that covers what it touches. */
const ASCENT = 10;
const DESCENT = 4;
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

/** A line farther from the point: for labels that must be there, where all beside it is taken. */
const FARTHER = 14;
const FARTHER_SIDES: readonly Side[] = SIDES.map(({ x, shift, y }) => ({
  x: x === 0 ? 0 : x + Math.sign(x) * 2,
  shift,
  y: y <= 4 ? y - FARTHER : y + FARTHER,
}));

export interface Anchor extends Point {
  readonly width: number;
  /** Labels that must be there cover obstacles rather than to be missing, and other labels only where nothing else is left. */
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
  const labels = new BoxGrid();
  obstacles.forEach((obstacle) => taken.add(obstacle));
  return anchors.map((anchor) => {
    const places = placesOf(anchor, SIDES, bounds);
    const free =
      places.find(({ box }) => !taken.overlaps(box)) ?? (anchor.mustShow ? bestTaken() : undefined);
    if (free) {
      taken.add(free.box);
      labels.add(free.box);
    }
    return free?.start;

    function bestTaken(): Place | undefined {
      const all = [...places, ...placesOf(anchor, FARTHER_SIDES, bounds)];
      return (
        all.find(({ box }) => !taken.overlaps(box)) ?? all.find(({ box }) => !labels.overlaps(box)) ?? all[0]
      );
    }
  });
}

interface Place {
  /** Left end of the baseline. */
  readonly start: Point;
  readonly box: Box;
}

function placesOf(anchor: Anchor, sides: readonly Side[], bounds: Box): Place[] {
  return sides.map((side) => besides(anchor, side)).filter(({ box }) => isWithin(box, bounds));
}

function besides({ x, y, width }: Anchor, side: Side): Place {
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
