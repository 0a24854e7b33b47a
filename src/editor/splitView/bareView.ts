import * as vscode from 'vscode';
import { platformTimers } from '../../engine/session/idleTimer';
import type { OpenDocuments } from '../documents/openDocuments';
import type { TokenizedDocument } from '../documents/tokenizedDocument';
import { WorkSlices } from '../work/workSlices';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import { tellInStatusBar } from '../workbench/tellInStatusBar';
import type { BarePainter, PaintedWords } from './barePainter';
import { ScrollSync } from './scrollSync';
import { SplitCount, summaryText, type SplitSummary } from './splitSummary';
import { BareSplits } from './wordSplits';

export interface BareViewServices {
  readonly documents: OpenDocuments;
  readonly tokenizers: CurrentTokenizer;
  readonly painter: BarePainter;
}

/** Long enough to be read in passing. */
const TOLD_MS = 5_000;

/**
 * The bare side of a split view while it is open: the same text as its source, in a document of its own. That document's tokens, as a
 * whole, are those that the words have in place; so what is compared always belongs to the text that is shown.
 */
export class BareView implements vscode.Disposable {
  /** Of the whole document as it was counted last; undefined until all its words are. */
  summary: SplitSummary | undefined;
  /** What was painted last. */
  painted: PaintedWords | undefined;

  private readonly tokens: TokenizedDocument;
  private readonly scrolling: ScrollSync;
  private readonly listeners: vscode.Disposable;
  private readonly slices = new WorkSlices(platformTimers);
  private bare: BareSplits;
  private count: SplitCount | undefined;

  private readonly counting = (mayGoOn: () => boolean): boolean => {
    const counted = this.count?.advance(mayGoOn);
    if (!counted) {
      return false;
    }
    if (!this.summary) {
      // What is written behind a line is not read out; this is.
      tellInStatusBar(summaryText(counted), TOLD_MS);
    }
    this.summary = counted;
    this.showSummary();
    return true;
  };

  constructor(
    source: vscode.TextDocument,
    readonly document: vscode.TextDocument,
    private readonly services: BareViewServices,
  ) {
    this.tokens = services.documents.acquire(document);
    this.bare = new BareSplits(services.tokenizers.current);
    this.scrolling = new ScrollSync(source, document);
    this.listeners = vscode.Disposable.from(
      this.tokens.onDidChange(() => this.refresh()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.paint(textEditor)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) {
          this.paint(editor);
        }
        this.showSummary();
      }),
    );
    this.refresh();
  }

  /** Brings the bare side to the line at which an editor of the source is. */
  follow(leader: vscode.TextEditor): void {
    this.scrolling.scrollOthers(leader);
  }

  dispose(): void {
    this.slices.remove(this.counting);
    this.listeners.dispose();
    this.scrolling.dispose();
    this.tokens.dispose();
  }

  /** After an edit, a step of tokenizing, or another tokenizer. */
  private refresh(): void {
    const { current } = this.services.tokenizers;
    if (this.bare.tokenizer !== current) {
      this.bare = new BareSplits(current);
    }
    for (const editor of vscode.window.visibleTextEditors) {
      this.paint(editor);
    }
    this.slices.remove(this.counting);
    if (this.tokens.state === 'complete') {
      this.count = new SplitCount(this.document.getText(), this.bare, (start, end) =>
        this.tokens.tokensIn(start, end),
      );
      this.slices.add(this.counting);
    }
  }

  private paint(editor: vscode.TextEditor): void {
    if (editor.document === this.document) {
      this.painted = this.services.painter.paint(editor, this.tokens, this.bare);
    }
  }

  private showSummary(): void {
    if (!this.summary) {
      return;
    }
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === this.document) {
        this.services.painter.showSummary(editor, summaryText(this.summary));
      }
    }
  }
}
