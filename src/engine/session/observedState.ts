import type { Timers } from './idleTimer';

/** Least time between two notifications of progress in milliseconds: 20 a second look smooth. */
const PROGRESS_INTERVAL = 50;

/** A state with one owner, who changes it, and many who look on. */
export class ObservedState<State extends { readonly state: string }> {
  private readonly listeners = new Set<(state: State) => void>();
  private lastProgressAt = -Infinity;

  constructor(
    private current: State,
    private readonly timers: Timers,
  ) {}

  get value(): State {
    return this.current;
  }

  get listenerCount(): number {
    return this.listeners.size;
  }

  onDidChange(listener: (state: State) => void): { dispose(): void } {
    // A wrapper, so that a function that listens twice is called and disposed twice.
    const entry = (state: State): void => {
      listener(state);
    };
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  }

  set(state: State): void {
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

  /** Progress: told at once when it is of a new kind, else at most about 20 times a second. */
  setProgress(state: State): void {
    const now = this.timers.now();
    if (this.current.state !== state.state || now - this.lastProgressAt >= PROGRESS_INTERVAL) {
      this.lastProgressAt = now;
      this.set(state);
    } else {
      this.current = state;
    }
  }

  removeListeners(): void {
    this.listeners.clear();
  }
}
