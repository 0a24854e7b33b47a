import type { ModelIdentity } from '../../model/modelLocation';
import { ModelUndecidedError, type EmbeddingState } from './embeddingState';
import { loadModel, type ReopenableModel, type ModelLoading } from './modelLoading';
import type { ObservedState } from './observedState';
import { Waiters } from './waiters';

/** The load of a model, once for all who ask, from `locating` to `ready`, `undecided` or `failed`. */
export class SharedLoad {
  private running: AbortController | undefined;
  private readonly waiters = new Waiters<ModelIdentity>(() => {
    this.cancel(new DOMException('Nobody waits for the embeddings any more.', 'AbortError'));
  });

  /**
   * @param observed The state that it shows itself in.
   * @param onEnd Called when a load has ended that was not canceled, before the state says so; with the model, or undefined
   *   where there is none.
   */
  constructor(
    private readonly loading: ModelLoading,
    private readonly observed: ObservedState<EmbeddingState>,
    private readonly onEnd: (loaded: ReopenableModel | undefined) => void,
  ) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Waits for the load that is running, or starts one. It ends when the last who waits has given up. */
  async join(signal?: AbortSignal): Promise<ModelIdentity> {
    signal?.throwIfAborted();
    const model = this.waiters.wait(signal);
    if (this.running === undefined) {
      this.start();
    }
    return model;
  }

  /** Ends the load, if one is running, for everybody who waits for it; the engine frees what it has read. */
  cancel(reason: Error): void {
    if (this.abandon(reason)) {
      this.observed.set({ state: 'none' });
      this.waiters.reject(reason);
    }
  }

  /** Begins anew, for another model, if a load is running; who waits goes on waiting. */
  restart(reason: Error): void {
    if (this.abandon(reason)) {
      this.start();
    }
  }

  private start(): void {
    const running = new AbortController();
    this.running = running;
    void this.run(running);
  }

  private abandon(reason: Error): boolean {
    const { running } = this;
    this.running = undefined;
    running?.abort(reason);
    return running !== undefined;
  }

  /** Never rejects. A load that was abandoned meanwhile changes nothing any more. */
  private async run(running: AbortController): Promise<void> {
    try {
      this.observed.set({ state: 'locating' });
      const loaded = await loadModel(this.loading, running.signal, (state) => {
        if (this.running === running) {
          this.observed.setProgress(state);
        }
      });
      if (this.running === running) {
        this.running = undefined;
        this.onEnd(loaded);
        this.observed.set({ state: 'ready', model: loaded.model });
        this.waiters.resolve(loaded.model);
      }
    } catch (thrown) {
      if (this.running === running) {
        this.running = undefined;
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        this.onEnd(undefined);
        this.observed.set(
          error instanceof ModelUndecidedError
            ? { state: 'undecided', offer: error.offer }
            : { state: 'failed', reason: error.message, error },
        );
        this.waiters.reject(error);
      }
    }
  }
}
