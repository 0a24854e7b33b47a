import type { ModelIdentity } from '../../model/modelLocation';
import { Dormancy } from './dormancy';
import type { EmbeddingState } from './embeddingState';
import { IdleTimer, type Timers } from './idleTimer';
import type { ModelLoading } from './modelLoading';
import { ObservedState } from './observedState';
import { SharedLoad } from './sharedLoad';

/**
 * Whether the model is there, and what it takes that it is: it is loaded when first needed, once for all who ask; freed when idle, while
 * the state stays `ready`; opened again by the next question, see {@link Dormancy}; and forgotten when it turns out to be lost.
 */
export class ModelPresence {
  readonly observed: ObservedState<EmbeddingState>;
  private readonly idle: IdleTimer;
  private readonly dormancy: Dormancy;
  private readonly load: SharedLoad;
  private disposed = false;
  private resetCount = 0;
  /** Settles, never rejects, when models may be opened. */
  private closed: Promise<unknown> | undefined;

  /**
   * @param idleMilliseconds Time without a question until the engine is freed; 0 for never.
   * @param onLost Called when the model turned out to be lost, before the state says so; with the engine's error, or undefined where
   *   it merely could not be opened again.
   */
  constructor(
    private readonly loading: ModelLoading,
    timers: Timers,
    idleMilliseconds: number,
    private readonly onLost: (error: Error | undefined) => void,
  ) {
    this.observed = new ObservedState<EmbeddingState>({ state: 'none' }, timers);
    this.dormancy = new Dormancy(loading);
    this.idle = new IdleTimer(timers, idleMilliseconds, () => {
      this.releaseIdle();
    });
    this.load = new SharedLoad(loading, this.observed, (loaded) => {
      this.idle.restart();
      if (loaded) {
        this.dormancy.remember(loaded);
      }
    });
  }

  get state(): EmbeddingState {
    return this.observed.value;
  }

  /** Loaded, or freed so that the next question opens it again. */
  get isReady(): boolean {
    return !this.disposed && this.state.state === 'ready';
  }

  /** How often another model was wanted. */
  get resets(): number {
    return this.resetCount;
  }

  /** The engine is in use, and not freed, until the returned function is called. */
  use(): () => void {
    return this.idle.use();
  }

  /** @throws As `EmbeddingSession.ensureReady`. */
  async ensureReady(signal?: AbortSignal): Promise<ModelIdentity> {
    signal?.throwIfAborted();
    if (this.disposed) {
      throw new DOMException('The embeddings are closed.', 'AbortError');
    }
    if (this.state.state === 'ready') {
      this.idle.restart();
      return this.state.model;
    }
    if (this.closed !== undefined) {
      await this.closed;
      return this.ensureReady(signal);
    }
    return this.load.join(signal);
  }

  /**
   * Loads the model, or opens it again. While somebody uses the engine, it does not fall asleep again.
   *
   * @throws As {@link ensureReady}.
   */
  async ensureAwake(signal?: AbortSignal): Promise<ModelIdentity> {
    const model = await this.ensureReady(signal);
    // A model that cannot be opened again is loaded as at the first time, for everybody to see.
    return (await this.wake(signal)) ? model : this.ensureReady(signal);
  }

  /**
   * Opens the model again where it was freed.
   *
   * @returns False where it is lost.
   * @throws The signal's reason when it is aborted.
   */
  async wake(signal?: AbortSignal): Promise<boolean> {
    if (!this.dormancy.isAsleep) {
      return true;
    }
    if (this.closed !== undefined) {
      await this.closed;
      signal?.throwIfAborted();
      return this.wake(signal);
    }
    const before = this.state;
    const isSame = await this.dormancy.wake(signal);
    if (!isSame) {
      this.forget(before, { state: 'none' });
    }
    return isSame;
  }

  /**
   * The engine turned out to hold nothing, though it was ready: unless that has changed already, say so.
   *
   * @param before The state in which it was asked.
   */
  forget(before: EmbeddingState, now: EmbeddingState, error?: Error): void {
    if (this.state === before && before.state === 'ready') {
      this.dormancy.forget();
      this.onLost(error);
      this.observed.set(now);
    }
  }

  /** As `EmbeddingSession.whileClosed`. */
  async whileClosed<T>(run: () => Promise<T>): Promise<T> {
    // One at a time: whoever waits for the last of several would open a model that another one needs closed.
    while (this.closed !== undefined) {
      await this.closed;
    }
    this.cancel();
    const released = this.loading.engine.release();
    if (this.state.state === 'ready') {
      this.dormancy.fallAsleep();
    }
    // A worker that cannot be ended properly is gone for us all the same.
    const result = released.catch(() => undefined).then(run);
    const closed = result.catch(() => undefined);
    this.closed = closed;
    try {
      return await result;
    } finally {
      if (this.closed === closed) {
        this.closed = undefined;
      }
    }
  }

  /** Ends the load that is under way, for everybody who waits for it. */
  cancel(): void {
    this.load.cancel(new DOMException('Loading the embeddings was canceled.', 'AbortError'));
  }

  /** Another model is wanted: whoever waits for a load gets that one. */
  reset(reason: Error): void {
    this.resetCount++;
    this.idle.restart();
    this.dormancy.forget();
    if (this.load.isRunning) {
      this.load.restart(reason);
    } else if (this.state.state !== 'none') {
      this.observed.set({ state: 'none' });
    }
  }

  /** Time without a question until the engine is freed, counted from now; 0 for never. */
  setIdleMilliseconds(milliseconds: number): void {
    this.idle.setMilliseconds(milliseconds);
  }

  /** Frees everything, for good. */
  dispose(reason: Error): void {
    this.disposed = true;
    this.idle.setMilliseconds(0);
    this.dormancy.dispose(reason);
    this.cancel();
    this.freeEngine();
    this.observed.removeListeners();
  }

  private releaseIdle(): void {
    if (!this.load.isRunning) {
      this.freeEngine();
      this.dormancy.fallAsleep();
    }
  }

  private freeEngine(): void {
    // A worker that cannot be ended properly is gone for us all the same; there is nobody to tell.
    this.loading.engine.release().catch(() => undefined);
  }
}
