import { DecimalParser } from './decimalParser';
import { isSeparator, textEnd } from './textLine';

const LINE_FEED = 0x0a;
const TAB = 0x09;

/** The first line of a word2vec file: two whole numbers. All who write it put a space between them; a tab is one of a table of numbers. */
const HEADER_LINE = /^(\d{1,15}) (\d{1,15})$/;

/** A line of a text, by the fields that separators part. */
export interface LineFields {
  readonly count: number;
  /** How many fields at its end are numbers. */
  readonly numbers: number;
  readonly hasTab: boolean;
  /** Where the next line begins. */
  readonly next: number;
}

/**
 * What stands in the line that begins at `from`.
 *
 * @param isWhole Whether nothing follows the bytes, so that a line without line end is one, too.
 * @returns undefined where no whole line is.
 */
export function fieldsAt(bytes: Uint8Array, from: number, isWhole: boolean): LineFields | undefined {
  const lineEnd = bytes.indexOf(LINE_FEED, from);
  if (from >= bytes.length || (lineEnd < 0 && !isWhole)) {
    return undefined;
  }
  const next = lineEnd < 0 ? bytes.length : lineEnd + 1;
  const end = textEnd(bytes, from, lineEnd < 0 ? bytes.length : lineEnd);
  const parser = new DecimalParser();
  let count = 0;
  let numbers = 0;
  let hasTab = false;
  for (let start = from; start <= end;) {
    let at = start;
    while (at < end && !isSeparator(bytes[at])) {
      at++;
    }
    hasTab ||= at < end && bytes[at] === TAB;
    count++;
    numbers = parser.parse(bytes, start, at) ? numbers + 1 : 0;
    start = at + 1;
  }
  return { count, numbers, hasTab, next };
}

/** The numbers of rows and of values in the first line of a word2vec file; undefined where that says something else. */
export function headerLine(
  bytes: Uint8Array,
): { readonly rowCount: number; readonly dimension: number; readonly next: number } | undefined {
  const lineEnd = bytes.subarray(0, 64).indexOf(LINE_FEED);
  if (lineEnd < 0) {
    return undefined;
  }
  const text = String.fromCharCode(...bytes.subarray(0, textEnd(bytes, 0, lineEnd)));
  const match = HEADER_LINE.exec(text);
  return match === null
    ? undefined
    : { rowCount: Number(match[1]), dimension: Number(match[2]), next: lineEnd + 1 };
}
