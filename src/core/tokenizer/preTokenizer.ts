import { CharacterClasses, LETTER, WHITE_SPACE } from './characterClasses';
import { scalarValueAt } from './utf8';

const SPACE = 0x20;
const APOSTROPHE = 0x27;

/** Code points of a run that must stand on each side of a place that is inside it: as many as a contraction has. */
const RUN_MARGIN = 3;
/** UTF-16 units that hold so many code points, whole ones. */
const RUN_MARGIN_UNITS = 2 * RUN_MARGIN;

/**
 * Cuts text into pre-tokens, the stretches that byte-pair merging never crosses. Equals the pattern of openai/gpt-2,
 * `src/encoder.py`:
 *
 *     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 *
 * with `\s` as Unicode's White_Space. A scanner instead of a regular expression: it makes no match objects, and
 * JavaScript cannot express this `\s` without spelling it out anyway.
 */
export class PreTokenizer {
  private readonly classes = new CharacterClasses();

  /**
   * The end of the pre-token that starts at `start`.
   *
   * @param start UTF-16 offset, a boundary between pre-tokens, start < limit.
   * @param limit UTF-16 offset at which the text ends; never inside a surrogate pair.
   * @returns UTF-16 offset, start < end ≤ limit.
   */
  end(text: string, start: number, limit: number): number {
    const first = text.charCodeAt(start);
    if (first === APOSTROPHE) {
      const end = contractionEnd(text, start, limit);
      if (end > start) {
        return end;
      }
    }
    if (first === SPACE) {
      if (start + 1 === limit) {
        return limit;
      }
      // One space joins the run after it, whatever that is made of.
      const kind = this.classAt(text, start + 1, limit);
      return kind === WHITE_SPACE
        ? this.whiteSpaceEnd(text, start, limit)
        : this.runEnd(text, start + 1, limit, kind);
    }
    const kind = this.classAt(text, start, limit);
    return kind === WHITE_SPACE
      ? this.whiteSpaceEnd(text, start, limit)
      : this.runEnd(text, start, limit, kind);
  }

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
    let before = this.classAt(text, start, at);
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
    if (from < 0 || to > text.length) {
      return false;
    }
    return this.runEnd(text, from, text.length, this.classAt(text, from, text.length)) >= to;
  }

  /** A run of white space leaves its last character to what follows, unless it is alone or nothing follows. */
  private whiteSpaceEnd(text: string, start: number, limit: number): number {
    const end = this.runEnd(text, start, limit, WHITE_SPACE);
    return end === limit || end === start + 1 ? end : end - 1;
  }

  private runEnd(text: string, start: number, limit: number, kind: number): number {
    const { classes } = this;
    let at = start;
    while (at < limit) {
      const unit = text.charCodeAt(at);
      if (isSurrogate(unit)) {
        const codePoint = scalarValueAt(text, at, limit);
        if (classes.of(codePoint) !== kind) {
          break;
        }
        at += codePoint > 0xffff ? 2 : 1;
      } else {
        if (classes.of(unit) !== kind) {
          break;
        }
        at++;
      }
    }
    return at;
  }

  private classAt(text: string, at: number, limit: number): number {
    const unit = text.charCodeAt(at);
    return this.classes.of(isSurrogate(unit) ? scalarValueAt(text, at, limit) : unit);
  }
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800;
}

/** Whether the offset lies between the two units of one code point. */
function isInsidePair(text: string, at: number): boolean {
  return at > 0 && at < text.length && scalarValueAt(text, at - 1, text.length) > 0xffff;
}

/** The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d`, or `start` where none stands. Lower case only. */
function contractionEnd(text: string, start: number, limit: number): number {
  if (start + 1 >= limit) {
    return start;
  }
  const second = start + 2 < limit ? text.charCodeAt(start + 2) : 0;
  switch (text.charCodeAt(start + 1)) {
    case 0x73: // s
    case 0x74: // t
    case 0x6d: // m
    case 0x64: // d
      return start + 2;
    case 0x72: // re
    case 0x76: // ve
      return second === 0x65 ? start + 3 : start;
    case 0x6c: // ll
      return second === 0x6c ? start + 3 : start;
    default:
      return start;
  }
}
