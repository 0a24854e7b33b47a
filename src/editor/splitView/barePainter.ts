import * as vscode from 'vscode';
import type { DocumentToken } from '../../core/tokenizer/documentTokens';
import { BandDecorations } from '../bands/bandDecorations';
import { layoutBands, type BandLine } from '../bands/bandLayout';
import type { BandStyle } from '../bands/bandStyle';
import type { TokenizedDocument } from '../documents/tokenizedDocument';
import { areSplitAlike, splitOf, comparedWords, type BareSplits } from './wordSplits';

/** Lines above and below the screen that are painted too, so that scrolling shows no bare edge. */
const MARGIN_LINES = 40;

/** UTF-16 units: more than any screen shows. A line without end must not take seconds. */
const MOST_PAINTED = 40_000;

/** Lines of the beginning, all of which a screen shows. */
const SUMMARY_LINES = 5;

/** What is painted: the pieces of each word, and the words that are split otherwise than where they stand. */
export interface PaintedWords {
  readonly pieces: readonly vscode.Range[];
  readonly different: readonly vscode.Range[];
}

/** Paints the words of the bare side: each by itself in bands, those that are split otherwise in place underlined. */
export class BarePainter implements vscode.Disposable {
  private readonly bands = new BandDecorations();
  private readonly drawn = new WeakMap<vscode.TextEditor, readonly BandStyle[]>();
  private readonly different = vscode.window.createTextEditorDecorationType({
    textDecoration: 'underline dotted 2px',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly summary = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('descriptionForeground') },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });

  paint(editor: vscode.TextEditor, tokens: TokenizedDocument, bare: BareSplits): PaintedWords {
    const lines = shownLines(editor);
    const parts = layoutBands(lines, bareTokens(lines, bare), {
      fillOf: ({ index }) => (index % 2 === 0 ? 'bandA' : 'bandB'),
      hasGaps: false,
      showsWhiteSpace: false,
    });
    const byStyle = new Map<BandStyle, vscode.Range[]>();
    for (const { style, line, start, end } of parts) {
      const ranges = byStyle.get(style) ?? [];
      ranges.push(new vscode.Range(line, start, line, end));
      byStyle.set(style, ranges);
    }
    for (const style of new Set([...(this.drawn.get(editor) ?? []), ...byStyle.keys()])) {
      editor.setDecorations(this.bands.typeOf(style), byStyle.get(style) ?? []);
    }
    this.drawn.set(editor, [...byStyle.keys()]);
    const different = differentWords(lines, tokens, bare);
    editor.setDecorations(this.different, different);
    return {
      pieces: parts.map((part) => new vscode.Range(part.line, part.start, part.line, part.end)),
      different,
    };
  }

  /** Writes a text behind the shortest of the first lines, where there is most room. */
  showSummary(editor: vscode.TextEditor, text: string): void {
    const { document } = editor;
    let { end } = document.lineAt(0).range;
    for (let line = 1; line < Math.min(SUMMARY_LINES, document.lineCount); line++) {
      const candidate = document.lineAt(line).range.end;
      end = candidate.character < end.character ? candidate : end;
    }
    const renderOptions = { after: { contentText: text } };
    editor.setDecorations(this.summary, [{ range: new vscode.Range(end, end), renderOptions }]);
  }

  dispose(): void {
    this.bands.dispose();
    this.different.dispose();
    this.summary.dispose();
  }
}

/** The tokens of every word by itself, counted from its first. */
function bareTokens(lines: readonly BandLine[], bare: BareSplits): DocumentToken[] {
  const tokens: DocumentToken[] = [];
  for (const { text, offset } of lines) {
    for (const { start, end } of comparedWords(text)) {
      for (const [index, token] of bare.of(text.slice(start, end)).tokens.entries()) {
        const at = offset + start;
        tokens.push({ id: token.id, start: at + token.start, end: at + token.end, index });
      }
    }
  }
  return tokens;
}

function differentWords(
  lines: readonly BandLine[],
  tokens: TokenizedDocument,
  bare: BareSplits,
): vscode.Range[] {
  const different: vscode.Range[] = [];
  for (const { text, offset, line } of lines) {
    for (const { start, end } of comparedWords(text)) {
      const inPlace = tokens.tokensIn(offset + start, offset + end);
      const range = { start: offset + start, end: offset + end };
      if (inPlace && !areSplitAlike(splitOf(inPlace, range), bare.of(text.slice(start, end)).split)) {
        different.push(new vscode.Range(line, start, line, end));
      }
    }
  }
  return different;
}

/** Whole lines, each once: visible ranges have holes where text is folded. */
function shownLines(editor: vscode.TextEditor): BandLine[] {
  const { document } = editor;
  const shown: BandLine[] = [];
  let left = MOST_PAINTED;
  let next = 0;
  for (const { start, end } of editor.visibleRanges) {
    const last = Math.min(document.lineCount - 1, end.line + MARGIN_LINES);
    for (let line = Math.max(next, start.line - MARGIN_LINES); line <= last && left > 0; line++) {
      const { text, range } = document.lineAt(line);
      shown.push({ line, offset: document.offsetAt(range.start), text: text.slice(0, left), endLength: 0 });
      left -= text.length;
      next = line + 1;
    }
  }
  return shown;
}
