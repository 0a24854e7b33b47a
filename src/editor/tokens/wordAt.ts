import * as vscode from 'vscode';
import type { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import { tokensInPlace } from './tokensInPlace';

/** Longest text that is looked at as one word; a longer selection is a text, not a word. */
export const MAX_WORD_LENGTH = 1_000;

/** A word or selection in a document. */
export interface WordInDocument {
  readonly text: string;
  readonly range: vscode.Range;
  /** Its tokens as they stand in the document; undefined where they cannot be told cheaply. */
  readonly context?: { readonly ids: readonly number[]; readonly line: number };
}

/** Emoji and other pictures: many languages leave them out of their words, yet they are what splits most surprisingly. */
const PICTURE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]+/u;

/** The selection that holds a position, else the word there. */
export function wordAt(
  tokenizer: Gpt2Tokenizer,
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
  return range && wordInRange(tokenizer, document, range);
}

function wordInRange(
  tokenizer: Gpt2Tokenizer,
  document: vscode.TextDocument,
  range: vscode.Range,
): WordInDocument | undefined {
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
  const ids = tokensInPlace(tokenizer, line.text, { start, end });
  return {
    text: line.text.slice(start, end),
    range: new vscode.Range(line.lineNumber, start, line.lineNumber, end),
    ...(ids && { context: { ids, line: line.lineNumber + 1 } }),
  };
}
