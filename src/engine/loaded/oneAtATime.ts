import { untilAborted } from '../../core/work/untilAborted';

/** Work of which one piece is done at a time, in the order in which it was asked for. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve();

  /** Settles, never rejects, when all that was asked for so far has ended. */
  get ended(): Promise<unknown> {
    return this.last;
  }

  /**
   * @param signal Who waits for the turn is let go at once when it is aborted; work that has begun ends by itself.
   * @throws The signal's reason when it is aborted before the work begins, and whatever the work fails with.
   */
  run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const before = this.last;
    const result = untilAborted(before, signal).then(() => {
      signal.throwIfAborted();
      return work();
    });
    this.last = Promise.all([before, result.catch(() => undefined)]);
    return result;
  }
}
