import * as vscode from 'vscode';
import type { DocumentToken } from '../../core/tokenizer/documentTokens';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { MeasuredWork } from '../work/measuredWork';
import type { TokenizedDocument } from '../documents/tokenizedDocument';
import type { BandDecorations } from './bandDecorations';
import { layoutBands, type BandLayoutOptions } from './bandLayout';
import { linesOf } from './bandLines';
import type { BandPart } from './bandStyle';
import { isCovered, paintWindows, type Interval, type PaintWindows, type Surroundings } from './paintWindows';

/** How far around the visible part bands are painted, in screens before and after it. */
interface Reach {
  /** Where these are not painted any more, it is painted anew. */
  readonly near: number;
  readonly far: number;
}

/** Scrolling meets what is painted already. */
const AT_REST: Reach = { near: 1, far: 2 };

/** In the event of an edit: VS Code takes the ranges of a style only as a whole, so it is no more than what the edit may scroll into sight. */
const WHILE_TYPING: Reach = { near: 0, far: 0.05 };

/** Milliseconds without an edit after which the rest is painted too: between two keys of most who type there are less. */
const TYPING_PAUSE = 300;

/** Most UTF-16 units and tokens that are painted in one editor: five screens have a quarter of it. VS Code slows down far beyond. */
const MAX_PAINTED_UNITS = 40_000;
export const MAX_PAINTED_TOKENS = 20_000;

/** What an editor shows now. */
export interface Painted {
  readonly tokens: readonly DocumentToken[];
  readonly parts: readonly BandPart[];
  readonly windows: readonly Interval[];
  /** Of the document. */
  readonly version: number;
  readonly tokenizer: Tokenizer;
  /** Most UTF-16 units that were allowed. */
  readonly budget: number;
  readonly reach: Reach;
}

/** What is the same for all editors. */
export interface BandPainter {
  readonly decorations: BandDecorations;
  /** Asked at each painting. */
  readonly layout: () => BandLayoutOptions;
  readonly tokenizer: () => Tokenizer;
  readonly work: MeasuredWork;
  /** Told which tokens are painted, before they are. */
  readonly onPaint: (tokens: readonly DocumentToken[]) => void;
}

/** The bands of one visible editor. */
export class BandedEditor {
  private latest: Painted | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private readonly listener: vscode.Disposable;
  /** The editor group that it was last seen in. */
  group: vscode.ViewColumn | undefined;
  /** How often it was painted. */
  paintCount = 0;

  constructor(
    readonly editor: vscode.TextEditor,
    readonly tokens: TokenizedDocument,
    private readonly painter: BandPainter,
  ) {
    this.group = editor.viewColumn;
    this.listener = tokens.onDidChange(() => this.look());
  }

  get painted(): Painted | undefined {
    return this.latest;
  }

  /** Paints where the present painting no longer does: the text was edited, or scrolled out of what is painted. */
  look(): void {
    const { latest } = this;
    if (!latest) {
      this.paint();
    } else if (latest.version !== this.editor.document.version) {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.painter.work.run(() => this.paint()), TYPING_PAUSE);
      this.paint(WHILE_TYPING);
    } else if (latest.tokenizer !== this.painter.tokenizer() || !this.covers(latest)) {
      this.paint();
    }
  }

  /** Paints anew, with the tokens and fills of now; what is there stays where there are no tokens yet. */
  paint(reach = AT_REST): void {
    if (reach === AT_REST) {
      clearTimeout(this.pause);
    }
    for (let budget = MAX_PAINTED_UNITS; budget > 0; budget = Math.floor(budget / 2)) {
      const { painted } = this.windows(budget, reach);
      const tokens = this.tokensOf(painted);
      if (tokens === undefined || tokens.length <= MAX_PAINTED_TOKENS) {
        if (tokens) {
          this.draw({ tokens, windows: painted, budget, reach });
        }
        return;
      }
    }
  }

  /** Paints the same tokens in other fills. */
  refill(): void {
    const { latest } = this;
    if (latest?.version === this.editor.document.version && latest.tokenizer === this.painter.tokenizer()) {
      this.draw(latest);
    } else {
      this.look();
    }
  }

  /** Takes the bands away. */
  clear(): void {
    this.painter.decorations.draw(this.editor, []);
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.listener.dispose();
    this.tokens.dispose();
  }

  private draw({ tokens, windows, budget, reach }: Omit<Painted, 'parts' | 'version' | 'tokenizer'>): void {
    const { document } = this.editor;
    this.painter.onPaint(tokens);
    const parts = layoutBands(linesOf(document, tokens), tokens, this.painter.layout());
    this.painter.decorations.draw(this.editor, parts);
    const { version } = document;
    this.latest = { tokens, parts, windows, version, tokenizer: this.painter.tokenizer(), budget, reach };
    this.paintCount++;
  }

  private covers({ budget, reach, windows }: Painted): boolean {
    return this.windows(budget, reach).needed.every((interval) => isCovered(interval, windows));
  }

  /** The tokens of some windows in the order of the text; undefined where they are not known yet. */
  private tokensOf(windows: readonly Interval[]): readonly DocumentToken[] | undefined {
    const [window] = windows;
    if (window && windows.length === 1) {
      return this.tokens.tokensIn(window.start, window.end);
    }
    const tokens: DocumentToken[] = [];
    for (const { start, end } of windows) {
      const found = this.tokens.tokensIn(start, end);
      if (!found) {
        return undefined;
      }
      const lastIndex = tokens.at(-1)?.index ?? -1;
      for (const token of found) {
        // One that reaches from one window into the next is there already.
        if (token.index > lastIndex || lastIndex === -1) {
          tokens.push(token);
        }
      }
    }
    return tokens;
  }

  private windows(budget: number, reach: Reach): PaintWindows {
    const { document, visibleRanges, selection } = this.editor;
    const screen = visibleRanges.reduce((sum, { start, end }) => sum + end.line - start.line + 1, 0);
    const surroundings = visibleRanges.map((range): Surroundings => {
      const around = (screens: number): Interval => {
        const lines = Math.ceil(screens * screen);
        return {
          start: document.offsetAt(new vscode.Position(Math.max(0, range.start.line - lines), 0)),
          end: document.offsetAt(new vscode.Position(range.end.line + lines + 1, 0)),
        };
      };
      return {
        visible: { start: document.offsetAt(range.start), end: document.offsetAt(range.end) },
        near: around(reach.near),
        far: around(reach.far),
      };
    });
    return paintWindows(surroundings, document.offsetAt(selection.active), budget);
  }
}
