import type { MapNeighbor } from '../../../src/protocol/map/mapMessages';
import { Latest } from './latest';
import { ranksOnMap, type RankedNeighbor } from './mapRanks';

/** More are not kept: they come in a millisecond. */
const MOST_KEPT = 400;

interface KnownNeighbors {
  readonly neighbors: readonly MapNeighbor[];
  readonly average?: number;
}

/** The true neighbors of the tokens that were asked about. */
export class TrueNeighbors {
  private readonly known = new Map<number, KnownNeighbors>();
  private readonly ranked = new Latest<readonly RankedNeighbor[] | undefined>();

  forget(): void {
    this.known.clear();
  }

  take(id: number, known: KnownNeighbors): void {
    this.known.delete(id);
    this.known.set(id, known);
    const oldest = this.known.keys().next();
    if (this.known.size > MOST_KEPT && oldest.value !== undefined) {
      this.known.delete(oldest.value);
    }
  }

  /** Most similar first; undefined while they are not known. */
  of(id: number): readonly MapNeighbor[] | undefined {
    return this.known.get(id)?.neighbors;
  }

  /** Cosine similarity of a token to all on average, −1 … 1; undefined while it is not known. */
  averageOf(id: number): number | undefined {
    return this.known.get(id)?.average;
  }

  /** With their ranks on the map. Kept for the token asked about last. */
  rankedOf(id: number, positions: Float32Array): readonly RankedNeighbor[] | undefined {
    const neighbors = this.of(id);
    return this.ranked.get(
      [id, neighbors, positions],
      () => neighbors && ranksOnMap(positions, id, neighbors),
    );
  }
}
