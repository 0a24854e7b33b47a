import * as vscode from 'vscode';
import { platformTimers } from '../../engine/session/idleTimer';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import { lengthOf } from './documentLength';
import { FollowedText } from './followedText';
import { MeasuredWork } from '../work/measuredWork';
import type { TextSource } from './textBlocks';
import type { TokenizedDocument } from './tokenizedDocument';
import { WorkSlices } from '../work/workSlices';

/** A document that is followed, and those who hold it. */
interface Followed {
  readonly text: FollowedText;
  readonly holders: Set<vscode.EventEmitter<void>>;
}

/**
 * The tokens of the documents that some surface shows. A document is followed from the first {@link acquire} to the last dispose;
 * while none is, nothing listens and nothing runs.
 */
export class OpenDocuments implements vscode.Disposable {
  /** All the work that documents cause: in events, in slices, and of those who are told of changes. */
  readonly work = new MeasuredWork();
  private readonly slices = new WorkSlices({
    ...platformTimers,
    setTimeout: (callback, milliseconds) =>
      platformTimers.setTimeout(() => this.work.run(callback), milliseconds),
  });
  private readonly followed = new Map<vscode.TextDocument, Followed>();
  private listeners: readonly vscode.Disposable[] = [];

  constructor(private readonly tokenizers: CurrentTokenizer) {}

  /** Documents that somebody holds. */
  get followedCount(): number {
    return this.followed.size;
  }

  /** Whether nothing listens and nothing is to be done. */
  get isIdle(): boolean {
    return this.listeners.length === 0 && this.slices.isIdle;
  }

  /**
   * All who hold the same document share its tokens. They are not there at once: the first step of tokenizing comes after the
   * present event. Of a document that is closed only what is tokenized by then is told.
   */
  acquire(document: vscode.TextDocument): TokenizedDocument {
    const followed = this.followed.get(document) ?? this.follow(document);
    const { text, holders } = followed;
    const changes = new vscode.EventEmitter<void>();
    holders.add(changes);
    return {
      document,
      get state() {
        return text.state;
      },
      get progress() {
        return text.progress;
      },
      get count() {
        return text.count;
      },
      get codePoints() {
        return text.codePoints;
      },
      tokensIn: (start, end) => text.tokensIn(start, end),
      before: (offset) => text.before(offset),
      countAlone: (start, end) => text.countAlone(start, end),
      wordStatistics: () => text.wordStatistics(),
      onDidChange: changes.event,
      dispose: () => {
        changes.dispose();
        if (holders.delete(changes) && holders.size === 0) {
          this.release(document, followed);
        }
      },
    };
  }

  dispose(): void {
    for (const [document, followed] of this.followed) {
      this.release(document, followed);
    }
  }

  private follow(document: vscode.TextDocument): Followed {
    const holders = new Set<vscode.EventEmitter<void>>();
    const text = new FollowedText(sourceOf(document), this.tokenizers, this.slices, platformTimers, () => {
      for (const changes of [...holders]) {
        changes.fire();
      }
    });
    const followed = { text, holders };
    this.followed.set(document, followed);
    if (this.listeners.length === 0) {
      this.listen();
    }
    return followed;
  }

  private release(document: vscode.TextDocument, followed: Followed): void {
    followed.text.stop();
    // The same document may have been opened and followed again.
    if (this.followed.get(document) === followed) {
      this.followed.delete(document);
    }
    if (this.followed.size === 0) {
      for (const listener of this.listeners) {
        listener.dispose();
      }
      this.listeners = [];
    }
  }

  private listen(): void {
    this.listeners = [
      vscode.workspace.onDidChangeTextDocument((event) => this.work.run(() => this.onEdit(event))),
      vscode.workspace.onDidCloseTextDocument((document) => {
        const followed = this.followed.get(document);
        // A document that gets another language is said to be closed and opened, and lives on.
        if (followed && document.isClosed) {
          this.release(document, followed);
        }
      }),
      this.tokenizers.onDidChange(() => {
        this.work.run(() => {
          for (const { text } of this.followed.values()) {
            text.retokenize();
          }
        });
      }),
    ];
  }

  private onEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    // Without changes it is only another state of saving.
    if (contentChanges.length > 0) {
      this.followed.get(document)?.text.edit(
        contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          offset: rangeOffset,
          length: rangeLength,
          text,
        })),
      );
    }
  }
}

function sourceOf(document: vscode.TextDocument): TextSource {
  return {
    length: () => lengthOf(document),
    text: () => document.getText(),
    slice: (start, end) => {
      // A position between CR and LF becomes that before both.
      const from = document.positionAt(start);
      const to = document.positionAt(end);
      const until = document.offsetAt(to) < end ? document.positionAt(end + 1) : to;
      const skipped = start - document.offsetAt(from);
      return document.getText(new vscode.Range(from, until)).slice(skipped, skipped + end - start);
    },
  };
}
