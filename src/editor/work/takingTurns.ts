/** Longest time in milliseconds that is worked at a stretch: hovers and typing share the extension host with us. */
const LONGEST_STRETCH = 5;

/** Lets others have the event loop now and then during long work. */
export class TakingTurns {
  private since = performance.now();

  /**
   * Waits for others where there was work for long enough.
   *
   * @throws The signal's reason when it is aborted.
   */
  async next(signal?: AbortSignal): Promise<void> {
    if (performance.now() - this.since >= LONGEST_STRETCH) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.since = performance.now();
    }
    signal?.throwIfAborted();
  }
}
