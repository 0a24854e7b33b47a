import * as vscode from 'vscode';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { Steps } from '../../core/work/steps';
import { platformTimers } from '../../engine/session/idleTimer';
import { lengthOf } from '../documents/documentLength';
import type { TokenizedDocument } from '../documents/tokenizedDocument';
import { WorkSlices } from '../work/workSlices';
import { blockSections } from './blockSections';
import { linesOf, outlinedText, symbolsOf } from './documentOutline';
import { isOfBlocks, measureOutline, type MeasuredOutline } from './measuredSections';
import { OutlineQuestions, type KnownSymbols } from './outlineQuestions';
import type { SectionServices } from './sectionServices';
import { symbolSections, type OutlineSymbol } from './symbolSections';

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
  private readonly questions: OutlineQuestions;
  private readonly listeners: vscode.Disposable;
  private symbols: KnownSymbols | undefined;
  private measuring: Measuring | undefined;
  private latest: MeasuredOutline | undefined;
  private seenVersion: number;
  private isLate = false;

  /** @param onChange After anything that this tells has changed. */
  constructor(
    readonly document: vscode.TextDocument,
    private readonly services: SectionServices,
    private readonly onChange: () => void,
  ) {
    this.tokens = services.documents.acquire(document);
    this.seenVersion = document.version;
    this.questions = new OutlineQuestions(document, () => symbolsOf(document), {
      onAnswer: (answer) => this.take(answer),
      onLate: (version) => this.goOnWithoutOutline(version),
    });
    this.listeners = vscode.Disposable.from(
      this.questions,
      this.tokens.onDidChange(() => this.look()),
      vscode.workspace.onDidOpenTextDocument((opened) => {
        // It has got another language, and so another outline.
        if (opened === document) {
          this.questions.askNow();
        }
      }),
    );
    this.questions.askNow();
  }

  /** Those of the latest version that was measured, which may be a moment old; undefined until there are some. */
  get outline(): MeasuredOutline | undefined {
    return this.latest;
  }

  /** Whether whoever makes the outline takes so long that what is told is not it, or that of an older version. */
  get isAwaited(): boolean {
    return this.isLate;
  }

  /** Whether the document is too large for its tokens to be counted. */
  get isTooLarge(): boolean {
    return this.tokens.state === 'large';
  }

  dispose(): void {
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
      this.questions.askSoon();
    } else if (this.isTooLarge) {
      this.stop();
      this.latest = undefined;
      this.onChange();
    } else {
      this.measure();
    }
  }

  private take(answer: KnownSymbols): void {
    this.isLate = false;
    this.symbols = answer;
    this.measure();
  }

  /** Tells the blocks of the text, but not where there is an outline of a moment ago: that says more. */
  private goOnWithoutOutline(version: number): void {
    this.isLate = true;
    if (this.latest && !isOfBlocks(this.latest)) {
      this.onChange();
    } else {
      this.symbols = { version, symbols: [] };
      this.measure();
    }
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
