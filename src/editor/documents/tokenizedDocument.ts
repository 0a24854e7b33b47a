import type * as vscode from 'vscode';
import type { TextBefore } from '../../core/tokenizer/document/placesInText';
import type { DocumentToken, WordStatistics } from '../../core/tokenizer/documentTokens';

/** The tokens of an open document, kept in step with it for as long as somebody holds it. Dispose it to let go. */
export interface TokenizedDocument {
  readonly document: vscode.TextDocument;

  /**
   * `tokenizing` until all is tokenized for the first time and for a moment after large edits; `large` where the document is beyond
   * what is tokenized as a whole: then there are tokens by range only, and no counts.
   */
  readonly state: 'tokenizing' | 'complete' | 'large';

  /** Share of the text that is tokenized, 0 … 1. */
  readonly progress: number;

  /** Tokens of the document; undefined unless `complete`. */
  readonly count: number | undefined;

  /** Characters of the document; undefined where it is `large`, and before its first step of tokenizing. */
  readonly codePoints: number | undefined;

  /**
   * The tokens that hold a part of [start, end), UTF-16 offsets, in the order of the text. Always those of the document's present
   * version. In a `large` document the first and last may differ from those of the whole text, and indexes count from an arbitrary
   * token, the same for every range that overlaps.
   *
   * @returns undefined where the text is not yet tokenized so far.
   */
  tokensIn(start: number, end: number): readonly DocumentToken[] | undefined;

  /** What lies before a UTF-16 offset: the difference of two tells what begins between them. Undefined unless `complete`. */
  before(offset: number): TextBefore | undefined;

  /** Tokens that a part of the text would have as a text of its own; undefined where that is not known yet. */
  countAlone(start: number, end: number): number | undefined;

  /** Figures of the words, worked out while nothing else happens; undefined until then. Asking for them starts that. */
  wordStatistics(): WordStatistics | undefined;

  /** After each edit (at once, in the same event), each step of tokenizing, and when another tokenizer came. */
  readonly onDidChange: vscode.Event<void>;

  dispose(): void;
}
