/**
 * Levels of zoom: two for each doubling, the first where the whole map is in view. What is shown at a level is shown until the next
 * begins, farther apart.
 */

/** Levels that have labels of their own: to 128 times the whole map. Deeper in there are those of the last. */
export const LEVEL_COUNT = 15;

/** Words of tokens are shown from here on: 2.8 times. */
export const FIRST_WORD_LEVEL = 3;

/** And those of signs and of what is no text, from here on: 5.7 times. */
export const FIRST_SIGN_LEVEL = 5;

/** Which regions are named at which levels of zoom. */
export interface RegionBand {
  readonly firstLevel: number;
  readonly lastLevel: number;
  /** Which of the ways of parting the map, wide regions first. */
  readonly regions: number;
  /** Whether further typical tokens stand below the name. */
  readonly hasDetail: boolean;
  /** Regions of the next finer parting are named in the gaps where they have this share of all tokens; undefined: none are. */
  readonly gapShare?: number;
}

/** From wide regions to corners of them; deeper in, words alone. */
export const REGION_BANDS: readonly RegionBand[] = [
  { firstLevel: 0, lastLevel: 1, regions: 0, hasDetail: true, gapShare: 1 / 300 },
  { firstLevel: 2, lastLevel: 4, regions: 1, hasDetail: false, gapShare: 1 / 800 },
  { firstLevel: 5, lastLevel: 6, regions: 2, hasDetail: false },
];

/** How far a scale may be rounded below that of a level and still count as it. */
const ROUNDING = 1e-9;

/** @param wholeScale Pixels for a unit of the map where all of it is in view. */
export function scaleOfLevel(wholeScale: number, level: number): number {
  return wholeScale * 2 ** (level / 2);
}

/** @returns The level whose labels have room at a scale, 0 … {@link LEVEL_COUNT} − 1; −1 below the first. */
export function levelAtScale(wholeScale: number, scale: number): number {
  let level = LEVEL_COUNT - 1;
  while (level >= 0 && scaleOfLevel(wholeScale, level) > scale * (1 + ROUNDING)) {
    level--;
  }
  return level;
}
