import { CharacterClasses, WHITE_SPACE } from './characterClasses';
import { EMPTY_KEY, nextHigh, nextLow, PieceKey, SPACE_KEY } from './pieceKey';
import { scalarValueAt } from './utf8';

const SPACE = 0x20;
const APOSTROPHE = 0x27;

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
  /** The key of the pre-token that {@link end} has found last. */
  readonly key = new PieceKey();

  constructor(private readonly classes = new CharacterClasses()) {}

  /**
   * The end of the pre-token that starts at `start`; its {@link key} is made on the way.
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
        this.key.setTo(text, start, end);
        return end;
      }
    }
    const { classes } = this;
    if (first === SPACE && start + 1 < limit) {
      // One space joins the run after it, whatever that is made of.
      const kind = classes.at(text, start + 1, limit);
      return kind === WHITE_SPACE
        ? this.whiteSpaceEnd(text, start, limit)
        : this.runEnd(text, start, 1, limit, kind, SPACE_KEY);
    }
    const kind = classes.at(text, start, limit);
    return kind === WHITE_SPACE
      ? this.whiteSpaceEnd(text, start, limit)
      : this.runEnd(text, start, 0, limit, kind, EMPTY_KEY);
  }

  /** A run of white space leaves its last character to what follows, unless it is alone or nothing follows. */
  private whiteSpaceEnd(text: string, start: number, limit: number): number {
    const { classes } = this;
    let end = start + 1;
    // No character of white space is beyond U+FFFF.
    while (end < limit && classes.at(text, end, limit) === WHITE_SPACE) {
      end++;
    }
    end = end === limit || end === start + 1 ? end : end - 1;
    this.key.setTo(text, start, end);
    return end;
  }

  /**
   * The end of the run of one class that begins `skipped` units behind `start`.
   *
   * @param low Of the key of what is skipped.
   */
  private runEnd(
    text: string,
    start: number,
    skipped: number,
    limit: number,
    kind: number,
    low: number,
  ): number {
    const { classes } = this;
    const { known } = classes;
    let high = 0;
    let allUnits = 0;
    // Integers of 32 bits throughout: without these V8 counts in double precision, and converts at each character.
    const last = limit | 0;
    let at = (start + skipped) | 0;
    while (at < last) {
      let unit = text.charCodeAt(at);
      if (known[unit] !== kind) {
        const codePoint = scalarValueAt(text, at, last);
        if (classes.of(codePoint) !== kind) {
          break;
        }
        if (codePoint > 0xffff) {
          high = nextHigh(high, low, unit);
          low = nextLow(low, unit);
          at = (at + 1) | 0;
          unit = text.charCodeAt(at);
        }
      }
      high = nextHigh(high, low, unit);
      low = nextLow(low, unit);
      allUnits |= unit;
      at = (at + 1) | 0;
    }
    this.key.set(low, high, allUnits, at - start);
    return at;
  }
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
