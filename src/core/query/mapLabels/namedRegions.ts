import type { RegionLevel } from '../../embedding/layout/regionLevel';
import { labelText } from './labelText';
import type { KindWithoutWords, RegionName } from './regionNames';

/** A region of the map, its place, and what it is called. */
export interface NamedRegion {
  /** The densest spot of it, in units of the map; NaN where it has none. */
  readonly x: number;
  readonly y: number;
  /** How many tokens it has. */
  readonly size: number;
  /** Its typical tokens as the map writes them, the most typical one first. */
  readonly words: readonly string[];
  /** What it is called instead, where most of it are no words. */
  readonly kind?: string;
}

/**
 * Puts names and places of a level's regions together.
 *
 * @param names Of each region, see `regionNames`.
 * @param textOf The visible text of a token.
 * @param kindTitles What regions are called of which most are no words: "numbers".
 */
export function namedRegions(
  { places }: Pick<RegionLevel, 'places'>,
  names: readonly RegionName[],
  textOf: (id: number) => string,
  kindTitles: Readonly<Record<KindWithoutWords, string>>,
): NamedRegion[] {
  return names.map(({ size, tokens, kind }, region) => ({
    x: places[2 * region],
    y: places[2 * region + 1],
    size,
    words: tokens.map((id) => labelText(textOf(id))),
    ...(kind !== undefined && { kind: kindTitles[kind] }),
  }));
}
