import { DecimalParser } from './decimalParser';

const SPACE = 0x20;
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;

/** What is wrong with a line: the place of the field that is no number, or how many fields too few or too many there are. */
export type LineFault =
  | { readonly kind: 'notANumber'; readonly from: number; readonly to: number }
  | { readonly kind: 'tooFew' | 'tooMany' };

/** Where a line's text ends: before its line end, and spaces that some programs write behind the last value. */
export function textEnd(bytes: Uint8Array, from: number, to: number): number {
  while (to > from && (isSeparator(bytes[to - 1]) || bytes[to - 1] === CARRIAGE_RETURN)) {
    to--;
  }
  return to;
}

/**
 * Reads one line of a text file of vectors: a label, if the file has such, and as many numbers as the dimension says, separated by single spaces
 * or tabs; behind the label there may be several. From its end, since a label may hold spaces; but what stands before the values and is a
 * number, too, is one value too many.
 */
export class LineParser {
  private readonly parser = new DecimalParser();
  /** Of the line that was read last: where its label ends; where the line begins, in files without labels. */
  labelEnd = 0;

  constructor(
    private readonly dimension: number,
    private readonly isLabelled: boolean,
  ) {}

  /**
   * @param from Where the line begins.
   * @param to Where its text ends, see {@link textEnd}.
   * @param target Gets the values, from `at` on.
   * @returns undefined where all is well.
   */
  parse(
    bytes: Uint8Array,
    from: number,
    to: number,
    target: Float32Array,
    at: number,
  ): LineFault | undefined {
    const { parser, dimension } = this;
    let end = to;
    for (let n = dimension - 1; n >= 0; n--) {
      const start = fieldStart(bytes, from, end);
      if (start === from && (n > 0 || this.isLabelled)) {
        return { kind: 'tooFew' };
      }
      if (!parser.parse(bytes, start, end)) {
        return { kind: 'notANumber', from: start, to: end };
      }
      target[at + n] = parser.value;
      end = start - 1;
    }
    if (end < from) {
      this.labelEnd = from;
      return undefined;
    }
    // Where columns are lined up, several spaces stand behind the label.
    const labelEnd = textEnd(bytes, from, end);
    this.labelEnd = labelEnd;
    const last = fieldStart(bytes, from, labelEnd);
    return !this.isLabelled || (last > from && parser.parse(bytes, last, labelEnd))
      ? { kind: 'tooMany' }
      : undefined;
  }
}

/** Where the last field of some bytes begins. */
export function fieldStart(bytes: Uint8Array, from: number, to: number): number {
  let start = to;
  while (start > from && !isSeparator(bytes[start - 1])) {
    start--;
  }
  return start;
}

export function isSeparator(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
