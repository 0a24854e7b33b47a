/** Timers of the platform, injected so that tests need not wait. */
export interface Timers {
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(handle: unknown): void;
  /** Milliseconds since any fixed moment. */
  now(): number;
}

export const platformTimers: Timers = {
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout>);
  },
  now: () => performance.now(),
};

/** Longest delay of setTimeout: 32-bit signed milliseconds. Longer ones would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** Calls back when nothing has been in use for some time. */
export class IdleTimer {
  private users = 0;
  private handle: unknown;
  private running = false;

  /** @param milliseconds Idle time until the callback; 0 for never. */
  constructor(
    private readonly timers: Timers,
    private milliseconds: number,
    private readonly onIdle: () => void,
  ) {}

  /** Something is in use until the returned function is called. */
  use(): () => void {
    this.users++;
    this.stop();
    return () => {
      this.users--;
      this.restart();
    };
  }

  /** Counts from now. */
  restart(): void {
    this.stop();
    if (this.users === 0 && this.milliseconds > 0) {
      this.running = true;
      this.handle = this.timers.setTimeout(
        () => {
          this.running = false;
          this.onIdle();
        },
        Math.min(this.milliseconds, LONGEST_DELAY),
      );
    }
  }

  stop(): void {
    if (this.running) {
      this.running = false;
      this.timers.clearTimeout(this.handle);
    }
  }

  setMilliseconds(milliseconds: number): void {
    this.milliseconds = milliseconds;
    this.restart();
  }
}
