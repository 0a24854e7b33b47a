import type { GraphProgress } from '../questions/graphProgress';
import type { Timers } from './idleTimer';
import { ObservedState } from './observedState';
import { Waiters } from './waiters';

/** What is known of the neighbor graph of the model that is loaded. */
export type GraphState =
  /** There is none, or nobody has built or met it since the model was loaded. */
  { readonly state: 'none' } | ({ readonly state: 'building' } & GraphProgress) | { readonly state: 'ready' };

/** Builds a graph until it is done or the signal is aborted. */
export type BuildGraph = (
  signal: AbortSignal,
  onProgress: (progress: GraphProgress) => void,
) => Promise<void>;

/** The building of the neighbor graph: once for all who ask, until the last of them has given up. */
export class GraphBuild {
  readonly observed: ObservedState<GraphState>;
  private running: AbortController | undefined;
  private readonly progressListeners = new Set<(progress: GraphProgress) => void>();
  private readonly waiters = new Waiters<void>(() => {
    this.stop(new DOMException('Building the neighbor graph was canceled.', 'AbortError'));
  });

  constructor(timers: Timers) {
    this.observed = new ObservedState<GraphState>({ state: 'none' }, timers);
  }

  /** Waits for the build that is running, or starts one. */
  async join(
    build: BuildGraph,
    signal?: AbortSignal,
    onProgress?: (progress: GraphProgress) => void,
  ): Promise<void> {
    signal?.throwIfAborted();
    // A wrapper, so that two callers may pass the same function.
    const listener = (progress: GraphProgress): void => {
      onProgress?.(progress);
    };
    const done = this.waiters.wait(signal);
    this.progressListeners.add(listener);
    if (this.running === undefined) {
      void this.run(build);
    }
    try {
      await done;
    } finally {
      this.progressListeners.delete(listener);
    }
  }

  /** An answer came from the graph: there is one. */
  meet(): void {
    if (this.observed.value.state === 'none') {
      this.observed.set({ state: 'ready' });
    }
  }

  /** Nothing is known any more of the graph, but a build that waits for its model goes on. */
  forget(): void {
    if (this.observed.value.state !== 'none') {
      this.observed.set({ state: 'none' });
    }
  }

  /** Ends the build that is running, for all who wait for it, and forgets the graph. */
  stop(reason: Error): void {
    const { running } = this;
    this.running = undefined;
    running?.abort(reason);
    this.forget();
    this.waiters.reject(reason);
  }

  /** Never rejects. A build that was stopped meanwhile changes nothing any more. */
  private async run(build: BuildGraph): Promise<void> {
    const running = new AbortController();
    this.running = running;
    try {
      await build(running.signal, (progress) => {
        if (this.running === running) {
          this.observed.setProgress({ state: 'building', ...progress });
          for (const listener of [...this.progressListeners]) {
            listener(progress);
          }
        }
      });
      if (this.running === running) {
        this.running = undefined;
        this.observed.set({ state: 'ready' });
        this.waiters.resolve();
      }
    } catch (error) {
      if (this.running === running) {
        this.stop(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
}
