import type { TokenKind } from '../../../src/core/query/mapLabels/tokenKinds';
import type { MapTokens } from './mapTokens';

/** What a kind of token is called beside a token, and where there is little room. */
interface KindName {
  readonly name: string;
  readonly short: string;
  /** Color as CSS, from the style sheet. */
  readonly color: string;
}

export const KIND_NAMES: Readonly<Record<TokenKind, KindName>> = {
  spaced: { name: 'word after a space', short: 'after a space', color: 'var(--map-spaced)' },
  word: { name: 'word', short: 'word', color: 'var(--map-word)' },
  piece: { name: 'piece of a word', short: 'piece', color: 'var(--map-piece)' },
  number: { name: 'number', short: 'number', color: 'var(--map-number)' },
  sign: { name: 'sign or code', short: 'sign', color: 'var(--map-sign)' },
  other: {
    name: 'bytes, other scripts',
    short: 'bytes, scripts',
    color: 'var(--map-other)',
  },
};

type RegionTitles = Readonly<Partial<Record<TokenKind, string>>>;

const REGION_TITLES: RegionTitles = {
  piece: 'word pieces',
  number: 'numbers',
  sign: 'signs and code',
  other: 'bytes, other scripts',
};

/** What regions are called of which most are no words. Where no token is known nothing can be said of kinds. */
export function regionTitles({ areNamed }: Pick<MapTokens, 'areNamed'>): RegionTitles {
  return areNamed ? REGION_TITLES : {};
}
