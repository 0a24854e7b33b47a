import type { DocumentToken } from '../../core/tokenizer/documentTokens';
import type { BandFill, BandGap, BandPart, BandStyle } from './bandStyle';

/** A line of a document, as far as its bands need to know it. */
export interface BandLine {
  /** Counted from 0. */
  readonly line: number;
  /** UTF-16 offset in the document at which it begins. */
  readonly offset: number;
  /** Without its line end. */
  readonly text: string;
  /** UTF-16 units of its line end; 0 for the last line. */
  readonly endLength: number;
}

export interface BandLayoutOptions {
  /** undefined for a token that is not filled. */
  readonly fillOf: (token: DocumentToken) => BandFill | undefined;
  /** Every band is set off from the one before it, not only those with the same fill. */
  readonly hasGaps: boolean;
  readonly showsWhiteSpace: boolean;
}

/** The characters that belong to one band. */
interface Segment {
  readonly start: number;
  readonly end: number;
  readonly token: DocumentToken;
}

interface SharedRange {
  readonly start: number;
  end: number;
}

/**
 * Where the bands of tokens are drawn, and in which style. Each character is in one band: one that several tokens share is in that
 * of the first, and is marked as shared.
 *
 * @param lines All lines that the tokens touch, in order and without holes between lines that one token touches.
 * @param tokens In the order of the text.
 */
export function layoutBands(
  lines: readonly BandLine[],
  tokens: readonly DocumentToken[],
  options: BandLayoutOptions,
): BandPart[] {
  const { segments, shared } = segmentsOf(tokens);
  const layout = new LineLayout(options);
  eachPart(lines, segments, (line, segment) => {
    layout.addSegment(line, segment);
  });
  eachPart(lines, shared, (line, range) => {
    layout.addShared(line, range);
  });
  return layout.parts;
}

function segmentsOf(tokens: readonly DocumentToken[]): {
  readonly segments: Segment[];
  readonly shared: SharedRange[];
} {
  const segments: Segment[] = [];
  const shared: SharedRange[] = [];
  let covered = Number.NEGATIVE_INFINITY;
  for (const token of tokens) {
    const start = Math.max(token.start, covered);
    if (token.start < covered) {
      const last = shared.at(-1);
      const end = Math.min(token.end, covered);
      if (last && last.end >= token.start) {
        last.end = Math.max(last.end, end);
      } else {
        shared.push({ start: token.start, end });
      }
    }
    if (start < token.end) {
      segments.push({ start, end: token.end, token });
    }
    covered = Math.max(covered, token.end);
  }
  return { segments, shared };
}

/** Calls back for each line that a range touches, for each of the ranges; both rise. */
function eachPart<Range extends { readonly start: number; readonly end: number }>(
  lines: readonly BandLine[],
  ranges: readonly Range[],
  visit: (line: BandLine, range: Range) => void,
): void {
  let first = 0;
  for (const range of ranges) {
    while (first < lines.length && endOf(lines[first]) <= range.start) {
      first++;
    }
    for (let at = first; at < lines.length; at++) {
      const line = lines[at];
      if (!line || line.offset >= range.end) {
        break;
      }
      visit(line, range);
    }
  }
}

/** Made once each: there are thousands of parts, and few styles. */
const fillStyles = new Map<BandFill, BandStyle[]>();

function fillStyle(fill: BandFill, gap: BandGap): BandStyle {
  const known = fillStyles.get(fill);
  const styles = known ?? ([0, 1, 2] as const).map((one): BandStyle => `fill ${fill} ${one}`);
  if (!known) {
    fillStyles.set(fill, styles);
  }
  return styles[gap] ?? `fill ${fill} ${gap}`;
}

function endOf(line: BandLine | undefined): number {
  return line ? line.offset + line.text.length + line.endLength : Number.POSITIVE_INFINITY;
}

/** White space that has a sign each; a token of nothing else could not be seen. */
const SIGNED_SPACE = /^[ \t\r\n]+$/;

const SIGNED = ' \t\r\n';
const isSigned = (text: string, at: number): boolean => SIGNED.includes(text.charAt(at));

/** Puts down the parts of one line after the other. */
class LineLayout {
  readonly parts: BandPart[] = [];
  private line = -1;
  /** Style of the band before, in the same line. */
  private fill: BandFill | undefined;
  private gap: BandGap = 0;
  private hasBandBefore = false;
  /** Where in `parts` the end of the present line is. */
  private lineEnd: number | undefined;

  constructor(private readonly options: BandLayoutOptions) {}

  addSegment(line: BandLine, { start, end, token }: Segment): void {
    if (line.line !== this.line) {
      this.line = line.line;
      this.lineEnd = undefined;
      this.hasBandBefore = false;
      this.gap = 0;
    }
    const from = Math.max(0, start - line.offset);
    const to = Math.min(line.text.length, end - line.offset);
    const fill = this.options.fillOf(token);
    if (from < to) {
      this.addFill(fill, from, to);
      if (this.options.showsWhiteSpace) {
        this.addSpaces(line.text, from, to);
      }
    }
    if (end - line.offset > line.text.length && line.endLength > 0 && this.options.showsWhiteSpace) {
      this.addLineEnd(fill ?? 'noValue', line.text.length);
    }
  }

  addShared(line: BandLine, { start, end }: SharedRange): void {
    const from = Math.max(0, start - line.offset);
    const to = Math.min(line.text.length, end - line.offset);
    if (from < to) {
      this.parts.push({ style: 'shared', line: line.line, start: from, end: to });
    }
  }

  private addFill(fill: BandFill | undefined, start: number, end: number): void {
    const isSame = this.hasBandBefore && fill === this.fill;
    if (this.hasBandBefore && (isSame || this.options.hasGaps)) {
      this.gap = isSame && this.gap === 1 ? 2 : 1;
    } else {
      this.gap = 0;
    }
    this.fill = fill;
    this.hasBandBefore = true;
    if (fill !== undefined) {
      this.parts.push({ style: fillStyle(fill, this.gap), line: this.line, start, end });
    }
  }

  private addSpaces(text: string, start: number, end: number): void {
    // Most tokens are words, and need no more than a look at their ends.
    if (!isSigned(text, start) || !isSigned(text, end - 1) || !SIGNED_SPACE.test(text.slice(start, end))) {
      return;
    }
    for (let at = start; at < end; at++) {
      const style = text.charAt(at) === '\t' ? 'tab' : 'space';
      this.parts.push({ style, line: this.line, start: at, end: at + 1 });
    }
  }

  private addLineEnd(fill: BandFill, at: number): void {
    const known = this.lineEnd === undefined ? undefined : this.parts[this.lineEnd];
    if (known && this.lineEnd !== undefined) {
      // Carriage return and line feed are two tokens with one sign: that of the first, marked.
      const style = known.style.replace('single', 'shared') as BandPart['style'];
      this.parts[this.lineEnd] = { ...known, style };
      return;
    }
    this.lineEnd = this.parts.length;
    this.parts.push({ style: `lineEnd ${fill} single`, line: this.line, start: at, end: at });
  }
}
