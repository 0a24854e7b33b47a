import type { PlacedWords } from './placedWords';

/** Labels with the same text closer than this give one, in pixels. */
export const TWIN_DISTANCE = 200;

const NOTHING = -1;

/** The labels that are placed already, by their folded text. */
export class TwinLabels {
  /** Of each text the place of the label that was added last. */
  private readonly heads: Int32Array;
  /** Of each place that of the label with the same text added before it. */
  private readonly next: Int32Array;

  /** @param foldCount How many folded texts there are. */
  constructor(
    private readonly placed: PlacedWords,
    foldCount: number,
  ) {
    this.heads = new Int32Array(foldCount).fill(NOTHING);
    this.next = new Int32Array(placed.ids.length);
  }

  /** Notes the label that was placed last. */
  noteLast(fold: number): void {
    const place = this.placed.count - 1;
    this.next[place] = this.heads[fold];
    this.heads[fold] = place;
  }

  /** Whether a label of this text is nearer to a point than {@link TWIN_DISTANCE}. */
  isNear(fold: number, x: number, y: number, scale: number): boolean {
    const { xs, ys } = this.placed;
    for (let place = this.heads[fold]; place !== NOTHING; place = this.next[place]) {
      if (isTwinDistance(xs[place] - x, ys[place] - y, scale)) {
        return true;
      }
    }
    return false;
  }
}

/** Whether two points that lie apart by this, in units of the map, are too near for the same text at both. */
export function isTwinDistance(x: number, y: number, scale: number): boolean {
  return (x * x + y * y) * scale * scale < TWIN_DISTANCE * TWIN_DISTANCE;
}
