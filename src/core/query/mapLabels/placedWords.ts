import { LEVEL_COUNT } from './labelLevels';

/** Half of a label's height, in pixels. */
export const HALF_HEIGHT = 10;
/** Pixels between a point and the end of its label that are not of the text: the point's own disc, and room behind the label. */
export const BESIDE_TEXT = 13;

/** Where a label stands: 1 right of its point, −1 left of it. */
export type LabelSide = 1 | -1;

/** A part of the map, in its units. */
export interface MapBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The labels that have been placed, by the order in which they were: those of a level, and of all before it, are the first ones. What is
 * called a place here counts them.
 */
export class PlacedWords {
  /** Of each place the token. */
  readonly ids: Uint32Array;
  readonly sides: Int8Array;
  /** The level from which on it is shown. */
  readonly firstLevels: Uint8Array;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Pixels from its point to the end of its room. */
  readonly reaches: Float32Array;
  /** How many are placed so far. */
  count = 0;
  private readonly found: Uint32Array;

  /** @param capacity How many there can be. */
  constructor(capacity: number) {
    this.ids = new Uint32Array(capacity);
    this.sides = new Int8Array(capacity);
    this.firstLevels = new Uint8Array(capacity);
    this.xs = new Float32Array(capacity);
    this.ys = new Float32Array(capacity);
    this.reaches = new Float32Array(capacity);
    this.found = new Uint32Array(capacity);
  }

  /** @param level Not before that of the one added last. */
  add(id: number, x: number, y: number, reach: number, side: LabelSide, level: number): void {
    const place = this.count++;
    this.ids[place] = id;
    this.xs[place] = x;
    this.ys[place] = y;
    this.reaches[place] = reach;
    this.sides[place] = side;
    this.firstLevels[place] = level;
  }

  /** How many are shown at a level, as far as they are placed. */
  countAt(level: number): number {
    if (level >= LEVEL_COUNT - 1) {
      return this.count;
    }
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.firstLevels[middle] <= level) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Finds the labels of a level in a part of the map, those of earlier levels first, more important ones before others.
   *
   * @param scale Pixels for a unit of the map.
   * @returns Their places, in memory that the next search overwrites.
   */
  find(level: number, scale: number, { left, top, right, bottom }: MapBox): Uint32Array {
    const { xs, ys, reaches, sides, found } = this;
    const end = this.countAt(level);
    const halfHeight = HALF_HEIGHT / scale;
    let count = 0;
    for (let place = 0; place < end; place++) {
      const y = ys[place];
      if (y + halfHeight > top && y - halfHeight < bottom) {
        const x = xs[place];
        const other = x + (sides[place] * reaches[place]) / scale;
        if (Math.max(x, other) > left && Math.min(x, other) < right) {
          found[count++] = place;
        }
      }
    }
    return found.subarray(0, count);
  }
}
