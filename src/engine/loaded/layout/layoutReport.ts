import type { LayoutSettings } from '../../../core/embedding/layout/layoutSettings';
import type { LayoutProgress } from '../../questions/vocabularyLayout';

/** Share of the whole time that the epochs take; afterwards the layout is judged, and parted into regions. */
const EPOCHS_SHARE = 0.7;
/** A picture that moves more often costs more than it shows. */
const MILLISECONDS_BETWEEN = 150;
/** Before that, a rate says nothing. */
const MILLISECONDS_BEFORE_ESTIMATE = 500;

/** Tells how far a layout is, with the positions, as often as a picture of them is worth drawing. */
export class LayoutReport {
  private readonly begun = performance.now();
  private lastReport = -Infinity;

  /** @param ids Row of each point. */
  constructor(
    private readonly settings: LayoutSettings,
    private readonly ids: Uint32Array,
    private readonly rowCount: number,
    private readonly onProgress: ((progress: LayoutProgress) => void) | undefined,
  ) {}

  /**
   * To be called often.
   *
   * @param epoch Epochs that are done.
   * @param points Gives x and y of each point.
   */
  moved(epoch: number, points: () => Float32Array): void {
    const now = performance.now();
    if (this.onProgress === undefined || now - this.lastReport < MILLISECONDS_BETWEEN) {
      return;
    }
    this.lastReport = now;
    const { epochs } = this.settings;
    const fraction = (EPOCHS_SHARE * epoch) / epochs;
    const elapsed = now - this.begun;
    this.onProgress({
      fraction,
      ...(elapsed >= MILLISECONDS_BEFORE_ESTIMATE &&
        fraction > 0 && { secondsLeft: ((elapsed / fraction) * (1 - fraction)) / 1000 }),
      epoch,
      epochs,
      positions: positionsOfRows(points(), this.ids, this.rowCount),
    });
  }
}

/** @returns x and y of each row; NaN for a row that is no point. */
export function positionsOfRows(
  points: Float32Array,
  ids: Uint32Array,
  rowCount: number,
): Float32Array<ArrayBuffer> {
  const positions = new Float32Array(2 * rowCount).fill(NaN);
  ids.forEach((id, point) => {
    positions[2 * id] = points[2 * point] ?? NaN;
    positions[2 * id + 1] = points[2 * point + 1] ?? NaN;
  });
  return positions;
}
