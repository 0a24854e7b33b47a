/**
 * How the rows with a place are parted into regions: communities of the graph of nearest neighbors. Levels are from few large regions to
 * many small ones.
 */
export interface RegionLevel {
  /** Of the communities: 1, 10, 40. */
  readonly resolution: number;
  /** Region of each row, by falling size; 2³² − 1 for a row without a place. */
  readonly regionOf: Uint32Array<ArrayBuffer>;
  readonly regionCount: number;
  /** The rows that are most typical of each region, 24 a region, the most typical one first; 2³² − 1 behind the last. */
  readonly typicalRows: Uint32Array<ArrayBuffer>;
  /** How typical each of them is: a cosine, less a little for rare tokens. */
  readonly typicality: Float32Array<ArrayBuffer>;
  /** Where its name belongs: x and y of the densest spot of each region, see `densestSpots`. */
  readonly places: Float32Array<ArrayBuffer>;
}
