import type { LayoutFigures } from '../../core/embedding/layout/layoutQuality';
import type { LayoutSettings } from '../../core/embedding/layout/layoutSettings';
import type { RegionLevel } from '../../core/embedding/layout/regionLevel';

/** A place for every token that has one, so that near neighbors lie near each other where that is possible. */
export interface VocabularyLayout {
  /** x and y of each row, in no unit; both NaN for a row without a place: zero, with NaN or infinity. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** How many of a row's 15 nearest neighbors are among the 100 points around it, 0 … 15; 0 for a row without a place. */
  readonly near: Uint8Array<ArrayBuffer>;
  readonly placedCount: number;
  readonly settings: LayoutSettings;
  readonly figures: LayoutFigures;
  readonly regions: readonly RegionLevel[];
  /** Checksum of the positions: equal ones are of one layout. */
  readonly checksum: string;
  /** Whether it was opened, or made just now. */
  readonly source: 'kept' | 'made';
}

/** How far a layout is. */
export interface LayoutProgress {
  /** Share of the work that is done, 0 … 1. */
  readonly fraction: number;
  /** undefined while it cannot be told. */
  readonly secondsLeft?: number;
  readonly epoch: number;
  readonly epochs: number;
  /** As in {@link VocabularyLayout}, as they are now. */
  readonly positions: Float32Array<ArrayBuffer>;
}
