import { DIM_COLOR, type PointColors } from './pointColors';

/** A token of the document, and how often it occurs. */
export interface TokenCount {
  readonly id: number;
  readonly count: number;
}

/** What the map knows of a document. */
export interface MapDocument {
  readonly name: string;
  /** Most frequent first, of equally frequent ones the lower id. */
  readonly tokens: readonly TokenCount[];
  /** How many tokens it has. */
  readonly total: number;
}

/** Radius of a token that occurs once, in CSS pixels. */
const ONCE = 1.5;
/** More often than this is drawn no larger. */
export const MOST_DRAWN = 75;
const OPACITY = 0.72;
/** In CSS pixels: large discs that overlap are told apart by it. */
const RIM = 0.8;
const LEAST_RIMMED = 3;

/** @returns CSS pixels; the disc's area is the count */
export function radiusOfCount(count: number): number {
  return ONCE * Math.sqrt(Math.min(MOST_DRAWN, count));
}

/** @param ids that occur, rising @param counts how often each does */
export function mapDocument(name: string, ids: ArrayBuffer, counts: ArrayBuffer): MapDocument {
  const often = new Uint32Array(counts);
  const tokens = Array.from(new Uint32Array(ids), (id, place) => ({ id, count: often[place] ?? 0 }));
  tokens.sort((a, b) => b.count - a.count || a.id - b.id);
  return { name, tokens, total: tokens.reduce((sum, { count }) => sum + count, 0) };
}

/** Tokens of a document as discs, the small ones over the large ones; all others dim. */
export function documentColors({ tokens }: MapDocument, tokenCount: number): PointColors {
  const index = new Uint8Array(tokenCount);
  for (const { id, count } of tokens) {
    if (id < tokenCount && count > 0) {
      index[id] = 1 + MOST_DRAWN - Math.min(MOST_DRAWN, count);
    }
  }
  const discs = Array.from({ length: MOST_DRAWN }, (_, place) => {
    const radius = radiusOfCount(MOST_DRAWN - place);
    const isRimmed = radius >= LEAST_RIMMED;
    return { color: 'var(--series)', radius, opacity: OPACITY, ...(isRimmed && { rim: RIM }) };
  });
  return { index, palette: [{ color: DIM_COLOR, opacity: 0.86 }, ...discs], onTop: 'later' };
}
