import type { MapToWebview } from '../../../protocol/map/mapMessages';
import type { TokenizedDocument } from '../../documents/tokenizedDocument';
import { platformTimers, type Timers } from '../../../engine/session/idleTimer';
import { isCancellation } from '../../isCancellation';
import { documentCounts } from './documentCounts';
import { wholeBuffer } from './wholeBuffer';

/** Milliseconds without an edit until tokens are counted: nobody reads what changes with every key. */
const REST_MILLISECONDS = 300;

/** A document that tokens are counted of. */
export interface CountedDocument extends Pick<TokenizedDocument, 'state' | 'tokensIn' | 'dispose'> {
  /** Calls the listener after each edit, each step of tokenizing, and when another tokenizer came. */
  readonly onDidChange: (listener: () => void) => { dispose(): unknown };
  /** Its file's name, or its title. */
  readonly name: string;
  /** Of the text, in UTF-16 units. */
  readonly length: () => number;
}

/** Which document is looked at. */
export interface LookedAtDocument {
  /** Takes hold of it; undefined where none is looked at. */
  acquire(): CountedDocument | undefined;
  /** Calls the listener when another is looked at, or none. */
  onDidChange(listener: () => void): { dispose(): void };
}

/** Tells the counts of the document that is looked at, whenever it has come to rest, until it is disposed. */
export class DocumentOnMap {
  private readonly listener: { dispose(): void };
  private document: CountedDocument | undefined;
  private changes: { dispose(): unknown } | undefined;
  private counting = new AbortController();
  private handle: unknown;

  constructor(
    private readonly lookedAt: LookedAtDocument,
    private readonly tell: (message: Extract<MapToWebview, { type: 'mapDocument' }>) => void,
    private readonly onFailure: (error: unknown) => void,
    private readonly timers: Timers = platformTimers,
  ) {
    this.listener = lookedAt.onDidChange(() => this.follow());
    this.follow();
  }

  dispose(): void {
    this.listener.dispose();
    this.letGo();
  }

  private follow(): void {
    const before = { document: this.document, changes: this.changes };
    this.pause();
    // The new one first: both may be of one document.
    this.document = this.lookedAt.acquire();
    this.changes = this.document?.onDidChange(() => this.wait());
    before.changes?.dispose();
    before.document?.dispose();
    if (this.document) {
      void this.count(this.document);
    } else {
      this.tell({ type: 'mapDocument', name: '', ids: new ArrayBuffer(0), counts: new ArrayBuffer(0) });
    }
  }

  private letGo(): void {
    this.pause();
    this.changes?.dispose();
    this.document?.dispose();
    this.changes = undefined;
    this.document = undefined;
  }

  private pause(): void {
    this.counting.abort(new DOMException('The document has changed.', 'AbortError'));
    if (this.handle !== undefined) {
      this.timers.clearTimeout(this.handle);
      this.handle = undefined;
    }
  }

  private wait(): void {
    this.pause();
    this.handle = this.timers.setTimeout(() => {
      this.handle = undefined;
      if (this.document) {
        void this.count(this.document);
      }
    }, REST_MILLISECONDS);
  }

  /** Never rejects. What is not tokenized yet tells when it is. */
  private async count(document: CountedDocument): Promise<void> {
    const counting = new AbortController();
    this.counting = counting;
    try {
      const found =
        document.state === 'tokenizing'
          ? undefined
          : await documentCounts(document, document.length(), counting.signal);
      if (found && !counting.signal.aborted) {
        const { ids, counts } = found;
        this.tell({
          type: 'mapDocument',
          name: document.name,
          ids: wholeBuffer(ids),
          counts: wholeBuffer(counts),
        });
      }
    } catch (error) {
      if (!isCancellation(error)) {
        this.onFailure(error);
      }
    }
  }
}
