/** What a band is filled with: the two that alternate, one of seven for a value, or none where a token has no value. */
export type BandFill = 'bandA' | 'bandB' | `value${1 | 2 | 3 | 4 | 5 | 6 | 7}` | 'noValue';

/**
 * Whether a band is set off from the one before it. VS Code draws touching ranges of one style as one, so that two bands with the
 * same fill and a gap each must have different styles: 1 and 2 look alike.
 */
export type BandGap = 0 | 1 | 2;

/** Everything that is drawn, each of it one decoration type. */
export type BandStyle =
  | `fill ${BandFill} ${BandGap}`
  /** The sign for a line end, behind its line; `shared` where several tokens make one line end. */
  | `lineEnd ${BandFill} ${'single' | 'shared'}`
  /** Characters that several tokens share. */
  | 'shared'
  | 'space'
  | 'tab';

/** A range within one line, drawn in a style; empty for a line end. */
export interface BandPart {
  readonly style: BandStyle;
  /** Counted from 0, as columns are. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}
