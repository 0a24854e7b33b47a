import { setTimeout as delay } from 'node:timers/promises';
import { HubError } from './hubError';

/** Attempts without progress before an error is final. Their waits add up to about a minute. */
export const MAX_ATTEMPTS = 7;

/** A server that never answered at all is given up sooner: each attempt takes the whole time limit. */
const MAX_ATTEMPTS_UNANSWERED = 2;

const FIRST_WAIT_MILLISECONDS = 1000;
const LONGEST_WAIT_MILLISECONDS = 30_000;

/** How often it is told anew how long a wait still takes: each time is read aloud where somebody listens. */
const TELLING_MILLISECONDS = 10_000;

/** Reasons that say nothing about whether the server was ever reached. */
const UNREACHED: ReadonlySet<string> = new Set(['offline', 'timeout']);

/** Chance and time; injected by tests. */
export interface RetryClock {
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** Calls back again and again, until what it returns is called. Without it a wait is told once. */
  readonly every?: (milliseconds: number, callback: () => void) => () => void;
}

export const SYSTEM_CLOCK: RetryClock = {
  now: () => performance.now(),
  random: Math.random,
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
  every: (milliseconds, callback) => {
    const timer = setInterval(callback, milliseconds);
    return () => clearInterval(timer);
  },
};

/**
 * Repeats requests that failed for a passing reason: exponential back-off with jitter, or as long as the server asks. One object
 * serves all requests of a download, so that a server's "wait" stops all of them.
 */
export class Retrying {
  private hasAnswered = false;
  private running = 0;
  private readonly waits = new Set<{ readonly why: string; readonly until: number }>();
  private notBefore = 0;

  /** @param onChange Called when {@link waiting} may have changed. */
  constructor(
    private readonly clock: RetryClock,
    private readonly onChange: () => void,
  ) {}

  /** Why nothing goes on just now, and for how long still; undefined while at least one request runs. */
  get waiting(): string | undefined {
    const [first] = this.waits;
    return first !== undefined && this.waits.size >= this.running
      ? `${first.why}: next attempt in ${durationText(Math.max(0, first.until - this.clock.now()))}.`
      : undefined;
  }

  /** The server has answered something: from now on it is worth waiting for. */
  noteAnswer(): void {
    this.hasAnswered = true;
  }

  /**
   * @param attempt Called again after each transient HubError.
   * @param progress Counts what has been achieved; attempts start anew when it has grown since the last failure.
   * @throws {HubError} The last attempt's.
   * @throws The signal's reason when it is aborted.
   */
  async run<T>(attempt: () => Promise<T>, signal: AbortSignal, progress: () => number = () => 0): Promise<T> {
    let failures = 0;
    let achieved = progress();
    this.running++;
    try {
      for (;;) {
        await this.waitUntil(this.notBefore, 'waits as the server asked', signal);
        try {
          return await attempt();
        } catch (error) {
          signal.throwIfAborted();
          if (!HubError.is(error)) {
            throw error;
          }
          this.hasAnswered ||= !UNREACHED.has(error.reason);
          failures = progress() > achieved ? 1 : failures + 1;
          achieved = progress();
          if (this.isFinal(error, failures)) {
            throw error;
          }
          await this.pause(error, failures, signal);
        }
      }
    } finally {
      this.running--;
    }
  }

  private isFinal(error: HubError, failures: number): boolean {
    if (!error.isTransient || (error.reason === 'offline' && !this.hasAnswered)) {
      return true;
    }
    return failures >= (this.hasAnswered ? MAX_ATTEMPTS : MAX_ATTEMPTS_UNANSWERED);
  }

  private async pause(error: HubError, failures: number, signal: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const asked = error.retryAfterMilliseconds;
    if (asked !== undefined) {
      this.notBefore = Math.max(this.notBefore, now + asked);
    }
    const longest = Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (failures - 1), LONGEST_WAIT_MILLISECONDS);
    // Half of it by chance: clients that failed together do not come back together.
    const until = now + longest * (0.5 + this.clock.random() / 2);
    await this.waitUntil(Math.max(until, this.notBefore), error.message, signal);
  }

  private async waitUntil(time: number, why: string, signal: AbortSignal): Promise<void> {
    const milliseconds = time - this.clock.now();
    if (milliseconds <= 0) {
      return;
    }
    const wait = { why: why.replace(/\.$/, ''), until: time };
    this.waits.add(wait);
    this.onChange();
    const stopTelling = this.clock.every?.(TELLING_MILLISECONDS, this.onChange);
    try {
      await this.clock.sleep(milliseconds, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      stopTelling?.();
      this.waits.delete(wait);
      this.onChange();
    }
  }
}

/** Such as `12 s` or `4 min 50 s`. */
function durationText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 60
    ? `${String(seconds)} s`
    : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}
