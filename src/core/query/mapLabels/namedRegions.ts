import { labelText } from './labelText';
import { TOKEN_KINDS, type TokenKind } from './tokenKinds';

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

/** A region as it is told of: its name by ids. */
export interface RegionToName extends Pick<NamedRegion, 'x' | 'y' | 'size'> {
  /** Typical tokens, the most typical one first. */
  readonly tokens: readonly number[];
  /** Place in {@link TOKEN_KINDS} of most of its tokens, where most are no words. */
  readonly kind?: number;
}

/**
 * Names regions by the texts of their tokens.
 *
 * @param texts Visible text of each token; what is behind the last is left out.
 * @param kindTitles What a region is called of which most are of a kind: "numbers". Of kinds without one it is called by its tokens.
 */
export function namedRegions(
  regions: readonly RegionToName[],
  texts: readonly string[],
  kindTitles: Readonly<Partial<Record<TokenKind, string>>>,
): NamedRegion[] {
  return regions.map(({ x, y, size, tokens, kind }) => {
    const words = tokens.map((id) => labelText(texts.at(id) ?? '')).filter((word) => word !== '');
    const name = kind === undefined ? undefined : TOKEN_KINDS.at(kind);
    const title = name === undefined ? undefined : kindTitles[name];
    return { x, y, size, words, ...(title !== undefined && { kind: title }) };
  });
}
