import * as vscode from 'vscode';
import type { WordContext } from '../../protocol/panelMessages';
import { wordContext } from './tokensInPlace';

/** Longest text that is looked at as one word; a longer selection is a text, not a word. */
export const MAX_WORD_LENGTH = 1_000;

/** A word or selection in a document. */
export interface WordInDocument {
  readonly text: string;
  readonly range: vscode.Range;
  /** What its tokens in the document follow from; undefined where that would be too much text. */
  readonly context?: WordContext;
}

/** Emoji and other pictures: many languages leave them out of their words, yet they are what splits most surprisingly. */
const PICTURE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]+/u;

/** The selection that holds a position, else the word there. */
export function wordAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  selections: readonly vscode.Selection[],
): WordInDocument | undefined {
  const selection = selections.find(
    (candidate) => !candidate.isEmpty && candidate.isSingleLine && candidate.contains(position),
  );
  const range =
    selection ??
    document.getWordRangeAtPosition(position) ??
    document.getWordRangeAtPosition(position, PICTURE);
  return range && wordInRange(document, range);
}

function wordInRange(document: vscode.TextDocument, range: vscode.Range): WordInDocument | undefined {
  const line = document.lineAt(range.start.line);
  let start = range.start.character;
  let end = range.end.character;
  // A selection's own white space is no part of the word: the form of the word says whether a space leads it.
  const selected = line.text.slice(start, end);
  start += selected.length - selected.trimStart().length;
  end -= selected.length - selected.trimEnd().length;
  if (end <= start || end - start > MAX_WORD_LENGTH) {
    return undefined;
  }
  const context = wordContext(line.text, { start, end }, line.lineNumber + 1);
  return {
    text: line.text.slice(start, end),
    range: new vscode.Range(line.lineNumber, start, line.lineNumber, end),
    ...(context && { context }),
  };
}
