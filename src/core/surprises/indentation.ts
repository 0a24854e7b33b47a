/** How an editor indents. */
export interface IndentationStyle {
  /** Columns from one tab stop to the next, 1 or more. */
  readonly tabSize: number;
  /** What decides where as many lines are indented by tabs as by spaces. */
  readonly insertSpaces: boolean;
}

export type IndentationKind = 'tabs' | 'spaces';

/** A line with something in it, and the white space that it begins with. */
export interface IndentedLine {
  /** UTF-16 offset of the line. */
  readonly start: number;
  /** Spaces and tabs, at least one. */
  readonly indentation: string;
}

/** Longest indentation in UTF-16 units: more white space at the start of a line is a mistake or data, and indents nothing. */
const MAX_INDENTATION = 1_000;

/** Whether a UTF-16 unit is a space or a tab. */
export function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

/** The line that begins at an offset, and where the one after it begins; that is beyond the text after the last. */
export function lineAt(
  text: string,
  start: number,
): { readonly indented: IndentedLine | undefined; readonly next: number } {
  const longest = Math.min(text.length, start + MAX_INDENTATION + 1);
  let end = start;
  while (end < longest && isBlank(text.charCodeAt(end))) {
    end++;
  }
  const lineBreak = text.indexOf('\n', end);
  const isIndented = end > start && end < longest && !/[\r\n]/.test(text.charAt(end));
  return {
    indented: isIndented ? { start, indentation: text.slice(start, end) } : undefined,
    next: lineBreak < 0 ? text.length + 1 : lineBreak + 1,
  };
}

/** What a line says about how its file is indented; a single space is the alignment of a comment, and says nothing. */
export function kindOf(indentation: string): IndentationKind | undefined {
  if (indentation.startsWith('\t')) {
    return 'tabs';
  }
  return indentation.length > 1 ? 'spaces' : undefined;
}

/**
 * The indentation of the same width, by spaces alone, or by as many tabs as go into it and fewer spaces than a tab is wide, which align
 * what tabs cannot.
 */
export function converted(indentation: string, kind: IndentationKind, tabSize: number): string {
  let width = 0;
  for (const character of indentation) {
    width = character === '\t' ? (Math.floor(width / tabSize) + 1) * tabSize : width + 1;
  }
  return kind === 'spaces'
    ? ' '.repeat(width)
    : '\t'.repeat(Math.floor(width / tabSize)) + ' '.repeat(width % tabSize);
}

/** What a run of tabs and spaces holds: "2 tabs and 3 spaces". */
export function describeBlanks(blanks: string): string {
  const tabs = blanks.split('\t').length - 1;
  const spaces = blanks.length - tabs;
  return [
    ...(tabs > 0 ? [`${tabs} tab${tabs === 1 ? '' : 's'}`] : []),
    ...(spaces > 0 ? [`${spaces} space${spaces === 1 ? '' : 's'}`] : []),
  ].join(' and ');
}
