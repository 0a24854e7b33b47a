import type * as vscode from 'vscode';
import { platformTimers, type Timers } from '../../engine/session/idleTimer';
import type { OutlineSymbol } from './symbolSections';

/** Milliseconds without an edit after which the outline is asked for again: whoever makes it begins anew for each version. */
const PAUSE_MS = 250;

/** An extension that knows the outline may still be starting, and VS Code does not tell when it has. Milliseconds after which to ask again. */
const ASKED_AGAIN_MS = [1_000, 3_000, 9_000] as const;

/** Milliseconds for which an answer is waited for: VS Code gives no sign of an extension that takes long, or that never answers. */
const PATIENCE_MS = 1_000;

/** The symbols of one version of a document. */
export interface KnownSymbols {
  readonly version: number;
  readonly symbols: readonly OutlineSymbol[];
}

interface Question {
  readonly number: number;
  readonly version: number;
}

export interface OutlineListener {
  /** An answer for the document as it is, however late. */
  onAnswer(answer: KnownSymbols): void;
  /** The answer for the document as it is does not come for now. */
  onLate(version: number): void;
}

/** Asks for the outline of a document until this is disposed: never twice at a time of one that answers. */
export class OutlineQuestions implements vscode.Disposable {
  private question: Question | undefined;
  /** Questions so far, and the newest of them that was answered. */
  private asked = 0;
  private answered = 0;
  private timer: unknown;
  private patience: unknown;
  private isToAskAgain = false;
  private timesAskedAgain = 0;
  private isDisposed = false;

  /** @param symbols Asks for those of the document as it is; never rejects. */
  constructor(
    private readonly document: Pick<vscode.TextDocument, 'version'>,
    private readonly symbols: () => Promise<readonly OutlineSymbol[]>,
    private readonly listener: OutlineListener,
    private readonly timers: Timers = platformTimers,
  ) {}

  /** Asks at once, as of a document never asked about: it is new, or has got another language. */
  askNow(): void {
    this.timesAskedAgain = 0;
    this.askIn(0);
  }

  /** Asks once there was no edit for a while. */
  askSoon(): void {
    this.askIn(PAUSE_MS);
  }

  dispose(): void {
    this.isDisposed = true;
    this.timers.clearTimeout(this.timer);
    this.timers.clearTimeout(this.patience);
  }

  private askIn(milliseconds: number): void {
    this.timers.clearTimeout(this.timer);
    this.timer = this.timers.setTimeout(() => void this.ask(), milliseconds);
  }

  private async ask(): Promise<void> {
    if (this.question) {
      this.isToAskAgain = true;
      return;
    }
    const question = { number: ++this.asked, version: this.document.version };
    this.question = question;
    this.patience = this.timers.setTimeout(() => this.giveUp(question), PATIENCE_MS);
    const symbols = await this.symbols();
    if (this.isDisposed || question.number < this.answered) {
      return;
    }
    this.answered = question.number;
    const isWaitedFor = this.question === question;
    if (isWaitedFor) {
      this.forget();
    }
    if (!(isWaitedFor && this.isOutdated(question)) && question.version === this.document.version) {
      this.take({ version: question.version, symbols });
    }
  }

  private take(answer: KnownSymbols): void {
    const after = answer.symbols.length === 0 ? ASKED_AGAIN_MS[this.timesAskedAgain] : undefined;
    if (after !== undefined) {
      this.timesAskedAgain++;
      this.askIn(after);
    }
    this.listener.onAnswer(answer);
  }

  /** Waits for an answer no more, so that the next edit asks anew. One that comes after all is taken. */
  private giveUp(question: Question): void {
    this.forget();
    if (!this.isOutdated(question)) {
      this.listener.onLate(question.version);
    }
  }

  private forget(): void {
    this.timers.clearTimeout(this.patience);
    this.question = undefined;
  }

  /** Asks again where that was wanted meanwhile, or the text is another one. */
  private isOutdated({ version }: Question): boolean {
    if (!this.isToAskAgain && version === this.document.version) {
      return false;
    }
    this.isToAskAgain = false;
    this.askIn(PAUSE_MS);
    return true;
  }
}
