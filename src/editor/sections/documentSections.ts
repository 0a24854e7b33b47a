import * as vscode from 'vscode';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { Steps } from '../../core/work/steps';
import { platformTimers } from '../../engine/session/idleTimer';
import { lengthOf } from '../documents/documentLength';
import type { TokenizedDocument } from '../documents/tokenizedDocument';
import { WorkSlices } from '../work/workSlices';
import { blockSections } from './blockSections';
import { linesOf, outlinedText, symbolsOf } from './documentOutline';
import { measureOutline, type MeasuredOutline } from './measuredSections';
import type { SectionServices } from './sectionServices';
import { symbolSections, type OutlineSymbol } from './symbolSections';

/** Milliseconds without an edit after which the outline is asked for again: whoever makes it begins anew for each version. */
const PAUSE_MS = 250;

/** An extension that knows the outline may still be starting, and VS Code does not tell when it has. Milliseconds after which to ask again. */
const ASKED_AGAIN_MS = [1_000, 3_000, 9_000] as const;

/** The symbols of one version of a document. */
interface KnownSymbols {
  readonly version: number;
  readonly symbols: readonly OutlineSymbol[];
}

/** Symbols whose sections are measured. */
interface Measuring {
  readonly symbols: KnownSymbols;
  readonly tokenizer: Tokenizer;
  readonly steps: Steps<MeasuredOutline | undefined>;
}

/** The sections of one document with their tokens, kept in step with it until this is disposed. */
export class DocumentSections implements vscode.Disposable {
  private readonly tokens: TokenizedDocument;
  private readonly slices = new WorkSlices(platformTimers);
  private readonly listeners: vscode.Disposable;
  private symbols: KnownSymbols | undefined;
  private measuring: Measuring | undefined;
  private latest: MeasuredOutline | undefined;
  private seenVersion: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isAsking = false;
  private isToAskAgain = false;
  private timesAskedAgain = 0;
  private isDisposed = false;

  /** @param onChange After anything that this tells has changed. */
  constructor(
    readonly document: vscode.TextDocument,
    private readonly services: SectionServices,
    private readonly onChange: () => void,
  ) {
    this.tokens = services.documents.acquire(document);
    this.seenVersion = document.version;
    this.listeners = vscode.Disposable.from(
      this.tokens.onDidChange(() => this.look()),
      vscode.workspace.onDidOpenTextDocument((opened) => {
        // It has got another language, and so another outline.
        if (opened === document) {
          this.askIn(0);
        }
      }),
    );
    this.askIn(0);
  }

  /** Those of the latest version that was measured, which may be a moment old; undefined until there are some. */
  get outline(): MeasuredOutline | undefined {
    return this.latest;
  }

  /** Whether the document is too large for its tokens to be counted. */
  get isTooLarge(): boolean {
    return this.tokens.state === 'large';
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    this.listeners.dispose();
    this.tokens.dispose();
    this.stop();
  }

  /** After an edit, a step of tokenizing, or another tokenizer. */
  private look(): void {
    const { version } = this.document;
    if (version !== this.seenVersion) {
      this.seenVersion = version;
      this.stop();
      this.askIn(PAUSE_MS);
    } else if (this.isTooLarge) {
      this.stop();
      this.latest = undefined;
      this.onChange();
    } else {
      this.measure();
    }
  }

  private askIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), milliseconds);
  }

  private async ask(): Promise<void> {
    if (this.isAsking) {
      this.isToAskAgain = true;
      return;
    }
    this.isAsking = true;
    const { version } = this.document;
    const symbols = await symbolsOf(this.document);
    this.isAsking = false;
    if (this.isDisposed) {
      return;
    }
    if (this.isToAskAgain || version !== this.document.version) {
      this.isToAskAgain = false;
      this.askIn(PAUSE_MS);
      return;
    }
    const after = symbols.length === 0 ? ASKED_AGAIN_MS[this.timesAskedAgain] : undefined;
    if (after !== undefined) {
      this.timesAskedAgain++;
      this.askIn(after);
    }
    this.symbols = { version, symbols };
    this.measure();
  }

  /** Begins to measure what is not yet, where all is there that it takes. */
  private measure(): void {
    const { symbols, measuring, tokens, document } = this;
    const tokenizer = this.services.tokenizers.current;
    const isUnderWay = measuring?.symbols === symbols && measuring?.tokenizer === tokenizer;
    if (!isUnderWay && symbols?.version === document.version && tokens.state === 'complete') {
      this.measuring = { symbols, tokenizer, steps: this.stepsOf(symbols.symbols) };
      this.slices.add(this.work);
    }
  }

  private *stepsOf(symbols: readonly OutlineSymbol[]): Steps<MeasuredOutline | undefined> {
    const { document, tokens } = this;
    const named = yield* symbolSections(symbols, outlinedText(document));
    const outline = named.sections.length > 0 ? named : yield* blockSections(linesOf(document));
    return yield* measureOutline(outline, lengthOf(document), (offset) => tokens.before(offset));
  }

  private readonly work = (mayGoOn: () => boolean): boolean => {
    const { measuring } = this;
    for (let step = measuring?.steps.next(); step; step = measuring?.steps.next()) {
      if (step.done === true) {
        this.finish(step.value);
        return true;
      }
      if (!mayGoOn()) {
        return false;
      }
    }
    return true;
  };

  private finish(outline: MeasuredOutline | undefined): void {
    if (outline) {
      this.latest = outline;
      this.onChange();
    } else {
      // The tokens were lost meanwhile: with the next step of tokenizing it begins anew.
      this.measuring = undefined;
    }
  }

  private stop(): void {
    this.slices.remove(this.work);
    this.measuring = undefined;
  }
}
