import type { ModelIdentity, ModelLocation } from '../model/modelLocation';
import type { EmbeddingEngine, NeighborAnswer, NeighborRequest } from './embeddingEngine';
import { ModelUndecidedError, type DownloadStatus, type EmbeddingState } from './embeddingState';
import { EngineUnavailableError } from './engineErrors';
import { IdleTimer, platformTimers, type Timers } from './idleTimer';

export interface EmbeddingSessionOptions {
  readonly engine: EmbeddingEngine;
  /**
   * Says what is to be loaded, and downloads it where the user has agreed. Asked at every load, so that a changed setting
   * counts.
   *
   * @throws {ModelUndecidedError} when the user has to be asked first.
   */
  readonly locate: (
    signal: AbortSignal,
    onDownload: (download: DownloadStatus) => void,
  ) => Promise<{ readonly location: ModelLocation; readonly tensorName?: string | undefined }>;
  /**
   * Done between the load and the state `ready`, such as loading the model's tokenizer. Gives the model with what there is to
   * say about it then. A failure fails the load.
   */
  readonly beforeReady?: (model: ModelIdentity) => Promise<ModelIdentity>;
  /** The matrix is freed when nobody has asked for this long; 0 for never. */
  readonly idleMilliseconds?: number;
  readonly timers?: Timers;
}

const DEFAULT_IDLE_MILLISECONDS = 10 * 60_000;

/** Least time between two notifications of progress in milliseconds: 20 a second look smooth. */
const PROGRESS_INTERVAL = 50;

/** One load and everybody who waits for it. */
interface SharedLoad {
  readonly abort: AbortController;
  readonly waiters: Set<Waiter>;
}

interface Waiter {
  resolve(model: ModelIdentity): void;
  reject(reason: Error): void;
}

/**
 * Owns the state of the embeddings: loads them when first needed, once for all who ask, and frees them when idle.
 *
 *     none → locating → downloading → building → ready | failed
 *                     ↘ undecided
 *
 * From every state a cancellation, a reset or an idle time leads back to none; from none, undecided and failed a request leads to locating.
 */
export class EmbeddingSession {
  private current: EmbeddingState = { state: 'none' };
  private readonly listeners = new Set<(state: EmbeddingState) => void>();
  private readonly engine: EmbeddingEngine;
  private readonly locate: EmbeddingSessionOptions['locate'];
  private readonly beforeReady: EmbeddingSessionOptions['beforeReady'];
  private readonly timers: Timers;
  private readonly idle: IdleTimer;
  private sharedLoad: SharedLoad | undefined;
  private lastProgressAt = -Infinity;
  private disposed = false;
  /** How often another model was wanted. */
  private resets = 0;

  constructor(options: EmbeddingSessionOptions) {
    this.engine = options.engine;
    this.locate = options.locate;
    this.beforeReady = options.beforeReady;
    this.timers = options.timers ?? platformTimers;
    this.idle = new IdleTimer(this.timers, options.idleMilliseconds ?? DEFAULT_IDLE_MILLISECONDS, () => {
      this.releaseIdle();
    });
  }

  get state(): EmbeddingState {
    return this.current;
  }

  /** How many listeners there are now: a surface that is gone must not be among them. */
  get listenerCount(): number {
    return this.listeners.size;
  }

  /** Calls the listener after every change; at most about 20 times a second while rows are read. */
  onDidChangeState(listener: (state: EmbeddingState) => void): { dispose(): void } {
    // A wrapper, so that a function that listens twice is called and disposed twice.
    const entry = (state: EmbeddingState): void => {
      listener(state);
    };
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  }

  /**
   * Loads the embeddings unless they are loaded. All callers share one load; it ends when the last of them has canceled.
   *
   * @throws {CheckpointError} and whatever else the load fails with.
   * @throws The signal's reason when it is aborted, an AbortError after {@link cancel} or {@link dispose}.
   */
  ensureReady(signal?: AbortSignal): Promise<ModelIdentity> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.disposed) {
        throw new DOMException('The embeddings are closed.', 'AbortError');
      }
      if (this.current.state === 'ready') {
        this.idle.restart();
        resolve(this.current.model);
        return;
      }
      const waiter: Waiter = {
        resolve: (model) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(model);
        },
        reject: (reason) => {
          signal?.removeEventListener('abort', onAbort);
          reject(reason);
        },
      };
      const onAbort = (): void => {
        reject(signal?.reason as Error);
        const load = this.sharedLoad;
        if (load?.waiters.delete(waiter) === true && load.waiters.size === 0) {
          this.cancel();
        }
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      if (this.sharedLoad === undefined) {
        this.startLoad(new Set([waiter]));
      } else {
        this.sharedLoad.waiters.add(waiter);
      }
    });
  }

  /**
   * Searches; loads first where needed. Should the engine lose the matrix meanwhile (its worker died, the model was changed),
   * it is loaded again once.
   *
   * @throws As {@link ensureReady}, and {RangeError} for a query that the loaded model cannot answer.
   */
  async neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer> {
    const endUse = this.idle.use();
    try {
      await this.ensureReady(signal);
      const before = this.current;
      const { resets } = this;
      try {
        const answer = await this.engine.neighbors(request, signal);
        if (resets === this.resets) {
          return this.labelled(answer);
        }
      } catch (error) {
        if (!EngineUnavailableError.is(error)) {
          throw error;
        }
        this.forget(before, { state: 'none' });
      }
      await this.ensureReady(signal);
      return this.labelled(await this.searchAgain(request, signal));
    } finally {
      endUse();
    }
  }

  /** Searches if the embeddings are ready; never loads, never waits for a load. For the hover. */
  async neighborsIfReady(
    request: NeighborRequest,
    signal?: AbortSignal,
  ): Promise<NeighborAnswer | undefined> {
    const before = this.current;
    if (before.state !== 'ready') {
      return undefined;
    }
    const endUse = this.idle.use();
    try {
      return await this.engine.neighbors(request, signal);
    } catch (error) {
      if (!EngineUnavailableError.is(error)) {
        throw error;
      }
      this.forget(before, { state: 'none' });
      return undefined;
    } finally {
      endUse();
    }
  }

  /** Ends the load that is under way, for everybody who waits for it. */
  cancel(): void {
    const reason = new DOMException('Loading the embeddings was canceled.', 'AbortError');
    const waiters = this.abandonLoad(reason);
    if (waiters !== undefined) {
      this.setState({ state: 'none' });
      for (const waiter of waiters) {
        waiter.reject(reason);
      }
    }
  }

  /**
   * Another model is wanted. Whoever waits for a load, or for the answer to a search, gets the new model's. The engine may keep
   * what it has loaded, for a user who comes back to it, until it is idle.
   */
  reset(): void {
    this.resets++;
    this.idle.restart();
    const waiters = this.abandonLoad(new DOMException('Another model was chosen.', 'AbortError'));
    if (waiters !== undefined && waiters.size > 0) {
      this.startLoad(waiters);
    } else if (this.current.state !== 'none') {
      this.setState({ state: 'none' });
    }
  }

  /** Time without a request until the matrix is freed, counted from now; 0 for never. */
  setIdleMilliseconds(milliseconds: number): void {
    this.idle.setMilliseconds(milliseconds);
  }

  dispose(): void {
    this.disposed = true;
    this.idle.setMilliseconds(0);
    this.cancel();
    this.freeEngine();
    this.listeners.clear();
  }

  /** The answer with all that is known about the model that gave it, if that is still the one that is loaded. */
  private labelled(answer: NeighborAnswer): NeighborAnswer {
    const { current } = this;
    return current.state === 'ready' && current.model.path === answer.model.path
      ? { ...answer, model: current.model }
      : answer;
  }

  private async searchAgain(
    request: NeighborRequest,
    signal: AbortSignal | undefined,
  ): Promise<NeighborAnswer> {
    const before = this.current;
    try {
      return await this.engine.neighbors(request, signal);
    } catch (error) {
      if (EngineUnavailableError.is(error)) {
        // Twice in a row: shown, not tried for ever.
        this.forget(before, { state: 'failed', reason: error.message, error });
      }
      throw error;
    }
  }

  private startLoad(waiters: Set<Waiter>): void {
    const load: SharedLoad = { abort: new AbortController(), waiters };
    this.sharedLoad = load;
    void this.run(load);
  }

  /** Never rejects. A load that was abandoned meanwhile changes nothing any more. */
  private async run(load: SharedLoad): Promise<void> {
    const { signal } = load.abort;
    try {
      this.setState({ state: 'locating' });
      const { location, tensorName } = await this.locate(signal, (download) => {
        this.showSometimes(load, { state: 'downloading', download });
      });
      signal.throwIfAborted();
      const loaded = await this.engine.load(location, {
        tensorName,
        signal,
        onProgress: ({ model: building, rowsDone, rowCount }) => {
          this.showSometimes(load, { state: 'building', model: building, rowsDone, rowCount });
        },
      });
      const model = (await this.beforeReady?.(loaded)) ?? loaded;
      if (this.sharedLoad === load) {
        this.sharedLoad = undefined;
        this.setState({ state: 'ready', model });
        this.idle.restart();
        load.waiters.forEach((waiter) => {
          waiter.resolve(model);
        });
      }
    } catch (thrown) {
      if (this.sharedLoad === load) {
        this.sharedLoad = undefined;
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        this.idle.restart();
        this.setState(
          error instanceof ModelUndecidedError
            ? { state: 'undecided', offer: error.offer }
            : { state: 'failed', reason: error.message, error },
        );
        load.waiters.forEach((waiter) => {
          waiter.reject(error);
        });
      }
    }
  }

  /** Progress: at once when it is of a new kind, else at most about 20 times a second. */
  private showSometimes(load: SharedLoad, next: EmbeddingState): void {
    if (this.sharedLoad !== load) {
      return;
    }
    const now = this.timers.now();
    if (this.current.state !== next.state || now - this.lastProgressAt >= PROGRESS_INTERVAL) {
      this.lastProgressAt = now;
      this.setState(next);
    } else {
      this.current = next;
    }
  }

  /** Stops the running load, if any; the engine frees what it has read of it. Returns who waited for it. */
  private abandonLoad(reason: Error): Set<Waiter> | undefined {
    const load = this.sharedLoad;
    if (load === undefined) {
      return undefined;
    }
    this.sharedLoad = undefined;
    load.abort.abort(reason);
    return load.waiters;
  }

  /** The engine turned out to hold nothing, though it was ready: unless that has changed already, say so. */
  private forget(before: EmbeddingState, now: EmbeddingState): void {
    if (this.current === before && before.state === 'ready') {
      this.setState(now);
    }
  }

  private releaseIdle(): void {
    if (this.sharedLoad === undefined) {
      this.freeEngine();
      if (this.current.state === 'ready') {
        this.setState({ state: 'none' });
      }
    }
  }

  private freeEngine(): void {
    // A worker that cannot be ended properly is gone for us all the same; there is nobody to tell.
    this.engine.release().catch(() => undefined);
  }

  private setState(state: EmbeddingState): void {
    this.current = state;
    for (const listener of [...this.listeners]) {
      try {
        listener(state);
      } catch (error) {
        // A surface that fails to draw must not fail the load: its error surfaces on its own.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
