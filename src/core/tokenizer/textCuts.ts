import { type CharacterClasses, LETTER, WHITE_SPACE } from './characterClasses';
import { scalarValueAt } from './utf8';

const APOSTROPHE = 0x27;

/** Code points of a run that must stand on each side of a place that is inside it: as many as a contraction has. */
const RUN_MARGIN = 3;
/** UTF-16 units that hold so many code points, whole ones. */
const RUN_MARGIN_UNITS = 2 * RUN_MARGIN;

/** Where texts can be cut so that the parts have the pre-tokens of the whole, as `PreTokenizer` finds them. */
export class TextCuts {
  constructor(private readonly classes: CharacterClasses) {}

  /**
   * The first place where a text can be cut in two, each part being pre-tokenized as if the other were not there: between
   * code points a and b of different classes, a being no white space, unless a is an apostrophe and b a letter.
   *
   * Such a place p is a boundary wherever the scan began. Of the alternatives only two match characters of different
   * classes side by side: the optional space with what follows it, and a contraction, whose apostrophe is followed by a
   * letter. Neither can hold both a and b.
   *
   * What is before p is cut the same without what is after it. The scan finds the same pre-tokens up to the one that
   * ends at p, for none of them looks further than p: a run ends at the first character of another class, or at the
   * text's end; a contraction that is matched ends at p at the latest, and one that would reach beyond p would hold a
   * and b; `\s+(?!\S)` looks at the character behind a run of white space, which is a or comes before it. What is after p is
   * scanned from p on in both cases, and nothing ever looks back.
   *
   * @param from UTF-16 offset, 0 ≤ from.
   * @param limit UTF-16 offset, limit ≤ text.length.
   * @returns UTF-16 offset p, from ≤ p ≤ limit and 0 < p < text.length; -1 where there is none.
   */
  nextCut(text: string, from: number, limit: number): number {
    const last = Math.min(limit, text.length - 1);
    let at = Math.max(from, 1);
    if (at > last) {
      return -1;
    }
    if (isInsidePair(text, at)) {
      at++;
    }
    const start = isInsidePair(text, at - 1) ? at - 2 : at - 1;
    let before = this.classes.at(text, start, at);
    let isApostrophe = text.charCodeAt(start) === APOSTROPHE;
    while (at <= last) {
      const unit = text.charCodeAt(at);
      const codePoint = isSurrogate(unit) ? scalarValueAt(text, at, text.length) : unit;
      const after = this.classes.of(codePoint);
      if (before !== after && before !== WHITE_SPACE && !(isApostrophe && after === LETTER)) {
        return at;
      }
      before = after;
      isApostrophe = unit === APOSTROPHE;
      at += codePoint > 0xffff ? 2 : 1;
    }
    return -1;
  }

  /**
   * Whether the place between two texts is inside a pre-token wherever the scan began, and each text alone is cut into the same
   * pre-tokens as beside the other, up to that one and from it on: where three code points on each side are of one class.
   *
   * They belong to one run. A pre-token that ends inside a run is a contraction, whose apostrophe would be among the three before
   * the place, though it is of another class than the letters behind it; or it is white space that leaves its last character to what
   * follows, and two more follow. So the pre-token that holds the last code point of left holds the first of right. Without right it
   * ends at the place: runs end at the text's end, of white space too. Without left the scan begins with what is left of the run,
   * which is no contraction, and goes on to the same end; white space does so because it is more than one character. What comes
   * before and after is cut the same in both cases, as nothing looks back, nor past the end of a run.
   */
  isInsideRun(left: string, right: string): boolean {
    const before = left.slice(-RUN_MARGIN_UNITS);
    const text = before + right.slice(0, RUN_MARGIN_UNITS);
    const place = before.length;
    if (isInsidePair(text, place)) {
      return false;
    }
    let from = place;
    for (let i = 0; i < RUN_MARGIN; i++) {
      from -= isInsidePair(text, from - 1) ? 2 : 1;
    }
    let to = place;
    for (let i = 0; i < RUN_MARGIN; i++) {
      to += isInsidePair(text, to + 1) ? 2 : 1;
    }
    return from >= 0 && to <= text.length && this.areOfOneClass(text, from, to);
  }

  private areOfOneClass(text: string, from: number, to: number): boolean {
    const first = this.classes.at(text, from, to);
    for (let at = from; at < to; at += isInsidePair(text, at + 1) ? 2 : 1) {
      if (this.classes.at(text, at, to) !== first) {
        return false;
      }
    }
    return true;
  }
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800;
}

/** Whether the offset lies between the two units of one code point. */
function isInsidePair(text: string, at: number): boolean {
  return at > 0 && at < text.length && scalarValueAt(text, at - 1, text.length) > 0xffff;
}
