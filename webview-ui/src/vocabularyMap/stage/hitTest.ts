import type { WorldBox } from './camera';

/** Points for one cell, about. */
const POINTS_PER_CELL = 2;
/** Cells along an axis at most: beyond, their number alone would cost. */
const MOST_CELLS = 1024;

/**
 * Finds points by place: all points in the cells of a grid, sorted by cell. Built in one pass of counting, so that it can be made anew as
 * soon as points rest.
 *
 * The grid spans most of the points; what lies beyond belongs to the cells at the border. Since a place and a point are brought to
 * their cells by the same rising function, nothing is overlooked.
 */
export class PointGrid {
  private readonly columns: number;
  private readonly rows: number;
  private readonly cellsPerX: number;
  private readonly cellsPerY: number;
  /** Where the ids of each cell begin in `ids`; one more at the end. */
  private readonly starts: Uint32Array;
  private readonly ids: Uint32Array;

  /**
   * @param positions x and y by id; those that are not finite are never found
   * @param span where most of them lie
   */
  constructor(
    private readonly positions: Float32Array,
    private readonly span: WorldBox,
  ) {
    const total = positions.length / 2;
    const width = span.right - span.left || 1;
    const height = span.bottom - span.top || 1;
    const perAxis = Math.sqrt(Math.max(1, total / POINTS_PER_CELL));
    const stretch = Math.sqrt(width / height);
    this.columns = cellCount(perAxis * stretch);
    this.rows = cellCount(perAxis / stretch);
    this.cellsPerX = this.columns / width;
    this.cellsPerY = this.rows / height;
    const cells = new Int32Array(total);
    const starts = new Uint32Array(this.columns * this.rows + 1);
    for (let id = 0; id < total; id++) {
      const x = positions[2 * id];
      const y = positions[2 * id + 1];
      const cell = Number.isFinite(x + y) ? this.row(y) * this.columns + this.column(x) : -1;
      cells[id] = cell;
      if (cell >= 0) {
        starts[cell + 1]++;
      }
    }
    for (let cell = 0; cell < starts.length - 1; cell++) {
      starts[cell + 1] += starts[cell];
    }
    const next = starts.slice(0, -1);
    this.ids = new Uint32Array(starts[starts.length - 1]);
    for (let id = 0; id < total; id++) {
      const cell = cells[id];
      if (cell >= 0) {
        this.ids[next[cell]++] = id;
      }
    }
    this.starts = starts;
  }

  /** How many points have a place. */
  get count(): number {
    return this.ids.length;
  }

  /**
   * @param reach in units of the world; a point farther away is not meant
   * @param accept which points count; all without it
   * @returns the nearest point, of several as near the lowest id
   */
  nearest(x: number, y: number, reach: number, accept?: (id: number) => boolean): number | undefined {
    let best: number | undefined;
    let bestDistance = reach * reach;
    this.each({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }, (id) => {
      const dx = this.positions[2 * id] - x;
      const dy = this.positions[2 * id + 1] - y;
      const distance = dx * dx + dy * dy;
      const isNearer =
        distance < bestDistance || (distance === bestDistance && (best === undefined || id < best));
      if (isNearer && (accept === undefined || accept(id))) {
        best = id;
        bestDistance = distance;
      }
    });
    return best;
  }

  /** Ids of the points in a box, its edges included, in no order. */
  inBox(box: WorldBox): number[] {
    const found: number[] = [];
    this.each(box, (id) => {
      const x = this.positions[2 * id];
      const y = this.positions[2 * id + 1];
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) {
        found.push(id);
      }
    });
    return found;
  }

  /** Calls for every point of every cell that a box touches. */
  private each(box: WorldBox, visit: (id: number) => void): void {
    const firstColumn = this.column(box.left);
    const lastColumn = this.column(box.right);
    const lastRow = this.row(box.bottom);
    for (let row = this.row(box.top); row <= lastRow; row++) {
      const from = this.starts[row * this.columns + firstColumn];
      const to = this.starts[row * this.columns + lastColumn + 1];
      for (let at = from; at < to; at++) {
        visit(this.ids[at]);
      }
    }
  }

  private column(x: number): number {
    return clampedCell((x - this.span.left) * this.cellsPerX, this.columns);
  }

  private row(y: number): number {
    return clampedCell((y - this.span.top) * this.cellsPerY, this.rows);
  }
}

function cellCount(wanted: number): number {
  return Math.min(MOST_CELLS, Math.max(1, Math.ceil(wanted)));
}

function clampedCell(cell: number, count: number): number {
  return cell > 0 ? Math.min(count - 1, Math.floor(cell)) : 0;
}
