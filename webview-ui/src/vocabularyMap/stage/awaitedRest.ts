/** Without a move for so long, in milliseconds, something is at rest. */
const REST_MS = 140;

/** Tells when something that moves has come to rest. */
export class AwaitedRest {
  private timer = 0;

  /**
   * @param isHeld whether it moves, or is held, without a call of {@link moved}
   * @param rested called once after the last move
   */
  constructor(
    private readonly isHeld: () => boolean,
    private readonly rested: () => void,
  ) {}

  get isAwaited(): boolean {
    return this.timer !== 0;
  }

  moved(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (this.isHeld()) {
        this.moved();
      } else {
        this.timer = 0;
        this.rested();
      }
    }, REST_MS);
  }

  dispose(): void {
    window.clearTimeout(this.timer);
  }
}
