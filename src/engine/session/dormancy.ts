import { reopenModel, type ReopenableModel, type ModelLoading } from './modelLoading';
import { Waiters } from './waiters';

/**
 * The sleep of a model that nobody uses: its engine is freed, and the model is opened again, once for all who ask, when it is
 * needed, without the state of the session changing.
 *
 * It is opened where it was loaded from, not located again: a hover may wake it, and locating may download.
 *
 * Opening reads the header and the neighbor graph. What the graph cannot answer then reads the index from the cache, inside the
 * engine's answer: tens of milliseconds. Should the cache be gone, that answer takes as long as building the index; it can be
 * canceled like any other, and no progress is shown.
 */
export class Dormancy {
  private model: ReopenableModel | undefined;
  private asleep = false;
  private waking: AbortController | undefined;
  private readonly waiters = new Waiters<boolean>(() => {
    this.stopWaking();
  });

  constructor(private readonly loading: ModelLoading) {}

  get isAsleep(): boolean {
    return this.asleep;
  }

  /** A model was loaded: the one that {@link wake} opens again. */
  remember(model: ReopenableModel): void {
    this.forget();
    this.model = model;
  }

  /** The engine was freed. */
  fallAsleep(): void {
    this.asleep = this.model !== undefined;
  }

  /**
   * @returns False where the model is not the one any more that it was, or cannot be opened: it has to be loaded.
   * @throws The signal's reason when it is aborted.
   */
  async wake(signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted();
    const woken = this.waiters.wait(signal);
    if (this.waking === undefined) {
      void this.open();
    }
    return woken;
  }

  /** The model is not wanted any more, or lost. Who waits for it is told that it has to be loaded. */
  forget(): void {
    this.model = undefined;
    this.asleep = false;
    this.stopWaking();
    this.waiters.resolve(false);
  }

  /** As {@link forget}, for good. */
  dispose(reason: Error): void {
    this.waiters.reject(reason);
    this.forget();
  }

  /** Never rejects. */
  private async open(): Promise<void> {
    const waking = new AbortController();
    this.waking = waking;
    const isSame = await this.reopen(waking.signal);
    if (this.waking === waking) {
      this.waking = undefined;
      this.asleep = !isSame;
      this.waiters.resolve(isSame);
    }
  }

  private async reopen(signal: AbortSignal): Promise<boolean> {
    try {
      return this.model !== undefined && (await reopenModel(this.loading, this.model, signal));
    } catch {
      // Why it cannot be opened is said by the load that follows, where everybody sees it.
      return false;
    }
  }

  private stopWaking(): void {
    const { waking } = this;
    this.waking = undefined;
    waking?.abort(new DOMException('Nobody needs the embeddings any more.', 'AbortError'));
  }
}
