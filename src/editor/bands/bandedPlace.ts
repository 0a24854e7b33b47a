import * as vscode from 'vscode';
import type { DocumentToken } from '../../core/tokenizer/documentTokens';
import type { BandedEditor } from './bandedEditor';
import type { BandMeasure } from './bandMeasure';
import type { BandScale } from './characterScale';

/** The tokens at a position of a document. */
export interface BandedPlace {
  /** One, or those that share the character there. */
  readonly tokens: readonly DocumentToken[];
  /** The tokens just before and after them, in the order of the text. */
  readonly before: readonly DocumentToken[];
  readonly after: readonly DocumentToken[];
  /** Tokens of the document; undefined where that is not known. */
  readonly count: number | undefined;
  /** Characters of the document; undefined where that is not known. */
  readonly codePoints: number | undefined;
  /** How often the token stands in the document, or in what is visible of it; undefined for tokens that share a character. */
  readonly occurrences: Occurrences | undefined;
  readonly range: vscode.Range;
  readonly text: string;
  /** What bands are colored by, with the values of `tokens`; undefined while they alternate. */
  readonly measured?: MeasuredPlace;
}

export interface Occurrences {
  readonly count: number;
  readonly where: 'document' | 'visible';
}

export interface MeasuredPlace {
  readonly measure: BandMeasure;
  readonly scale: BandScale | undefined;
  /** In the order of the tokens; undefined where it is not known yet, NaN where there is none. */
  readonly values: readonly (number | undefined)[];
  readonly isSample: boolean;
}

/** Tokens shown on each side. */
const AROUND = 2;

/** UTF-16 units in which they are looked for: a token is seldom longer than a line. */
const AROUND_UNITS = 200;

/** Longest document in UTF-16 units whose tokens are counted for one hover: a few milliseconds. */
const MAX_COUNTED_UNITS = 100_000;

export function bandedPlace(banded: BandedEditor, position: vscode.Position): BandedPlace | undefined {
  const { editor, tokens: all } = banded;
  const { document } = editor;
  const offset = document.offsetAt(position);
  const length = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  const isAtLineEnd = position.character === document.lineAt(position.line).text.length;
  const lineEnd = isAtLineEnd && document.eol === vscode.EndOfLine.CRLF ? 2 : 1;
  // Behind the last character it is about that one.
  const [from, to] = offset < length ? [offset, offset + lineEnd] : [length - 1, length];
  const tokens = from < 0 ? undefined : all.tokensIn(from, to);
  const [first, last] = [tokens?.[0], tokens?.at(-1)];
  if (!tokens || !first || !last) {
    return undefined;
  }
  const around = all.tokensIn(
    Math.max(0, first.start - AROUND_UNITS),
    Math.min(length, last.end + AROUND_UNITS),
  );
  const range = new vscode.Range(document.positionAt(first.start), document.positionAt(last.end));
  return {
    tokens,
    before: (around ?? []).filter(({ index }) => index < first.index).slice(-AROUND),
    after: (around ?? []).filter(({ index }) => index > last.index).slice(0, AROUND),
    count: all.count,
    codePoints: all.codePoints,
    occurrences: tokens.length === 1 ? occurrencesOf(banded, first.id, length) : undefined,
    range,
    text: document.getText(range),
  };
}

function occurrencesOf(
  { editor, tokens }: BandedEditor,
  id: number,
  length: number,
): Occurrences | undefined {
  const { document, visibleRanges } = editor;
  const where = length <= MAX_COUNTED_UNITS ? 'document' : 'visible';
  const parts =
    where === 'document'
      ? [tokens.tokensIn(0, length)]
      : visibleRanges.map(({ start, end }) =>
          tokens.tokensIn(
            document.offsetAt(start),
            Math.min(document.offsetAt(end), document.offsetAt(start) + MAX_COUNTED_UNITS),
          ),
        );
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length
    ? { count: known.flat().filter((token) => token.id === id).length, where }
    : undefined;
}
