import { drawOrder } from './raster/drawOrder';
import type { OrderedPoints } from './raster/pointRaster';
import { LARGEST_PALETTE, type PointsOnTop } from './pointStyle';

/** Where and how all points are drawn, in the order of drawing, which is worked out when it is asked for. */
export class PointCloud {
  private ids: Uint32Array = new Uint32Array(0);
  private places = new Float32Array(0);
  private styles = new Uint16Array(0);
  private colors: Uint8Array | undefined;
  private onTop: PointsOnTop = 'common';
  private dim: Uint8Array | undefined;
  private isSorted = true;
  private isStyled = true;
  private isPlaced = true;

  /** x and y by id; those that are not finite have no place. */
  positions: Float32Array = new Float32Array(0);

  /**
   * @param keepsOrder while points move: the order of drawing stays that of before, where there are as many points, which takes less time
   */
  setPositions(positions: Float32Array, keepsOrder: boolean): void {
    this.isSorted &&= keepsOrder && positions.length === this.positions.length;
    this.isPlaced = false;
    this.positions = positions;
  }

  /** @param index place in the palette by id; ids beyond its end have the first place */
  setColors(index: Uint8Array | undefined, onTop: PointsOnTop): void {
    this.isSorted &&= onTop === 'common' && this.onTop === 'common';
    this.isStyled = false;
    this.colors = index;
    this.onTop = onTop;
  }

  /** @param flags not 0 where a point is dim, by id */
  setDim(flags: Uint8Array | undefined): void {
    this.isSorted = false;
    this.dim = flags;
  }

  isDim(id: number): boolean {
    return (this.dim?.[id] ?? 0) !== 0;
  }

  hasPlace(id: number): boolean {
    // Beyond the end there is no number, which is not finite either.
    return Number.isFinite(this.positions[2 * id] + this.positions[2 * id + 1]);
  }

  /** Ids of the points in the order of drawing. */
  get order(): Uint32Array {
    this.arrange();
    return this.ids;
  }

  /** Styles are places in the palette; those of dim points are {@link LARGEST_PALETTE} higher. */
  get ordered(): OrderedPoints {
    this.arrange();
    return { places: this.places, styles: this.styles };
  }

  private arrange(): void {
    if (!this.isSorted) {
      this.ids = drawOrder(this.positions, this.layers());
      this.isSorted = true;
      this.isPlaced = false;
      this.isStyled = false;
    }
    if (!this.isPlaced) {
      this.gatherPlaces();
    }
    if (!this.isStyled) {
      this.gatherStyles();
    }
  }

  /** Dim points below all others; above them one layer, or one for each place in the palette. */
  private layers(): Uint16Array | undefined {
    const { dim, colors } = this;
    const byColor = this.onTop === 'later' ? colors : undefined;
    if (!dim && !byColor) {
      return undefined;
    }
    return Uint16Array.from({ length: this.positions.length / 2 }, (_, id) =>
      dim?.[id] ? 0 : 1 + (byColor?.[id] ?? 0),
    );
  }

  private gatherPlaces(): void {
    const { ids, positions } = this;
    if (this.places.length !== 2 * ids.length) {
      this.places = new Float32Array(2 * ids.length);
    }
    for (let i = 0; i < ids.length; i++) {
      this.places[2 * i] = positions[2 * ids[i]];
      this.places[2 * i + 1] = positions[2 * ids[i] + 1];
    }
    this.isPlaced = true;
  }

  private gatherStyles(): void {
    const { ids, colors, dim } = this;
    if (this.styles.length !== ids.length) {
      this.styles = new Uint16Array(ids.length);
    }
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i];
      this.styles[i] = (colors?.[id] ?? 0) + (dim?.[id] ? LARGEST_PALETTE : 0);
    }
    this.isStyled = true;
  }
}
