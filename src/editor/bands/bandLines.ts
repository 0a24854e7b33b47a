import * as vscode from 'vscode';
import type { DocumentToken } from '../../core/tokenizer/documentTokens';
import type { BandLine } from './bandLayout';

/** The lines that tokens touch; those between two tokens far from each other are left out. */
export function linesOf(document: vscode.TextDocument, tokens: readonly DocumentToken[]): BandLine[] {
  const lines: BandLine[] = [];
  const endLength = document.eol === vscode.EndOfLine.CRLF ? 2 : 1;
  let next = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const token of tokens) {
    while (end < token.end) {
      next = Math.max(next, document.positionAt(Math.max(token.start, end)).line);
      if (next >= document.lineCount) {
        return lines;
      }
      const { text, lineNumber } = document.lineAt(next);
      const offset = document.offsetAt(new vscode.Position(lineNumber, 0));
      const isLast = lineNumber === document.lineCount - 1;
      lines.push({ line: lineNumber, offset, text, endLength: isLast ? 0 : endLength });
      end = offset + text.length + endLength;
      next++;
    }
  }
  return lines;
}
