/** A rectangle of the stage in CSS pixels. */
export interface ScreenBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const CELL_WIDTH = 64;
const CELL_HEIGHT = 20;

/** What of the stage is taken already: by buttons over it, and by names. */
export class LabelRoom {
  private readonly cells = new Map<number, ScreenBox[]>();

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** @returns whether the box lies within the stage and on nothing; then it is taken from now on */
  claim(box: ScreenBox): boolean {
    if (box.left < 2 || box.top < 2 || box.right > this.width - 2 || box.bottom > this.height - 2) {
      return false;
    }
    for (const cell of cellsOf(box)) {
      if (this.cells.get(cell)?.some((other) => overlap(box, other))) {
        return false;
      }
    }
    this.take(box);
    return true;
  }

  /** Takes a box, whatever lies there. */
  take(box: ScreenBox): void {
    for (const cell of cellsOf(box)) {
      const boxes = this.cells.get(cell);
      if (boxes) {
        boxes.push(box);
      } else {
        this.cells.set(cell, [box]);
      }
    }
  }
}

function overlap(a: ScreenBox, b: ScreenBox): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function* cellsOf({ left, top, right, bottom }: ScreenBox): Generator<number> {
  const lastRow = Math.floor(bottom / CELL_HEIGHT);
  const lastColumn = Math.floor(right / CELL_WIDTH);
  for (let row = Math.floor(top / CELL_HEIGHT); row <= lastRow; row++) {
    for (let column = Math.floor(left / CELL_WIDTH); column <= lastColumn; column++) {
      yield row * 4096 + column;
    }
  }
}
