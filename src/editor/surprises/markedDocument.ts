import type * as vscode from 'vscode';
import { findSurprises, surprisesOf, type SurpriseRules } from '../../core/surprises/findSurprises';
import type { Surprise, SurpriseKind, SurpriseSteps } from '../../core/surprises/surprise';
import type { TokenizedText } from '../../core/surprises/tokenizedText';
import { lengthOf } from '../documents/documentLength';
import type { OpenDocuments } from '../documents/openDocuments';
import type { TokenizedDocument } from '../documents/tokenizedDocument';
import { isCancellation } from '../isCancellation';
import { TakingTurns } from '../work/takingTurns';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import type { Settings } from '../settings';
import type { HardlyTrainedRows } from './hardlyTrainedRows';
import { indentationOf, isPrompt, LONGEST_MARKED } from './markableDocument';

/** Milliseconds without a change after which a document is looked at: marks must not flicker under the hands of who types. */
const PAUSE = 300;

export interface MarkingServices {
  readonly documents: OpenDocuments;
  readonly tokenizers: CurrentTokenizer;
  readonly settings: Settings;
  readonly hardlyTrained: HardlyTrainedRows;
}

/** The surprises of one document, found again after each change, in turns with everything else. */
export class MarkedDocument {
  private readonly tokens: TokenizedDocument;
  private readonly listener: vscode.Disposable;
  private search = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private found: { readonly version: number; readonly surprises: readonly Surprise[] } | undefined;

  /** @param onFound Called with the surprises of the present version, in the order in which they were found. */
  constructor(
    readonly document: vscode.TextDocument,
    private readonly services: MarkingServices,
    private readonly onFound: (surprises: readonly Surprise[]) => void,
  ) {
    this.tokens = services.documents.acquire(document);
    this.listener = this.tokens.onDidChange(() => {
      this.restart();
    });
    this.restart();
  }

  /** The surprises of the present version; none while they are not known. */
  get surprises(): readonly Surprise[] {
    return this.found?.version === this.document.version ? this.found.surprises : [];
  }

  /** Looks again after a pause: the document, its tokens or what the rules go by has changed. */
  restart(): void {
    this.stop();
    this.search = new AbortController();
    this.timer = setTimeout(() => {
      void this.find();
    }, PAUSE);
  }

  /**
   * All surprises of a kind, also those beyond the number that is marked.
   *
   * @throws An AbortError when the document changes meanwhile, or is not marked any more.
   */
  async all(kind: SurpriseKind): Promise<Surprise[]> {
    const { signal } = this.search;
    const rules = await this.rules([kind]);
    signal.throwIfAborted();
    return taken(surprisesOf(kind, this.tokenizedText(signal), rules), signal);
  }

  dispose(): void {
    this.stop();
    this.listener.dispose();
    this.tokens.dispose();
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.search.abort(new DOMException('The document has changed.', 'AbortError'));
  }

  private async find(): Promise<void> {
    // Whatever makes it complete tells of it.
    if (this.tokens.state === 'tokenizing') {
      return;
    }
    const { signal } = this.search;
    const { version } = this.document;
    try {
      const surprises = await this.surprisesNow(signal);
      this.found = { version, surprises };
      this.onFound(surprises);
    } catch (error) {
      if (!isCancellation(error)) {
        throw error;
      }
    }
  }

  private async surprisesNow(signal: AbortSignal): Promise<Surprise[]> {
    if (this.tokens.state === 'large' || lengthOf(this.document) > LONGEST_MARKED) {
      return [];
    }
    const text = this.tokenizedText(signal);
    const kinds = this.services.settings.surprises;
    const rules = await this.rules(kinds);
    signal.throwIfAborted();
    return taken(findSurprises(kinds, text, rules), signal);
  }

  private async rules(kinds: Iterable<SurpriseKind>): Promise<SurpriseRules> {
    const { settings, hardlyTrained } = this.services;
    return {
      manyTokens: settings.manyTokens,
      isPrompt: isPrompt(this.document),
      indentation: indentationOf(this.document),
      hardlyTrained: [...kinds].includes('hardlyTrained') ? await hardlyTrained.sentences() : new Map(),
    };
  }

  /** The text with its tokens for as long as the signal is not aborted, which it is with the next change. */
  private tokenizedText(signal: AbortSignal): TokenizedText {
    return {
      text: this.document.getText(),
      tokenizer: this.services.tokenizers.current,
      tokensIn: (start, end) => {
        signal.throwIfAborted();
        const tokens = this.tokens.tokensIn(start, end);
        if (!tokens) {
          throw new DOMException('The document is being tokenized anew.', 'AbortError');
        }
        return tokens;
      },
    };
  }
}

async function taken(steps: SurpriseSteps, signal: AbortSignal): Promise<Surprise[]> {
  const turns = new TakingTurns();
  const surprises: Surprise[] = [];
  for (const surprise of steps) {
    if (surprise) {
      surprises.push(surprise);
    }
    await turns.next(signal);
  }
  return surprises;
}
