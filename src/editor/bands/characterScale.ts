import type { BandFill } from './bandStyle';
import { SHARES, type ValueScale } from './valueScale';

/** Which values have which fill. */
export type BandScale = ValueScale | CharacterScale;

/** From how many characters on a token has the next fill. Most tokens of prose have three to six with their space. */
const BOUNDARIES = [2, 3, 4, 5, 7, 10] as const;

/** Of the fills, from that of the fewest characters, as people read it. */
const RANGES = ['0 – 1', '2', '3', '4', '5 – 6', '7 – 9', '10 or more'] as const;

/** Fixed numbers of characters, the same for all vocabularies: the fewer a token has, the stronger its fill, for that is what costs. */
export class CharacterScale {
  readonly least = 0;
  readonly greatest = Number.POSITIVE_INFINITY;

  /** From the strongest fill. */
  get shares(): readonly { readonly fill: BandFill; readonly range: string }[] {
    return RANGES.map((range, index) => ({ fill: fillBehind(index), range }));
  }

  fillOf(value: number): BandFill {
    let index = 0;
    for (const boundary of BOUNDARIES) {
      if (value >= boundary) {
        index++;
      }
    }
    return fillBehind(index);
  }
}

/** @param index 0 for the strongest fill. */
function fillBehind(index: number): BandFill {
  return `value${SHARES - index}` as BandFill;
}
