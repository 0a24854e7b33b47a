import type { MapNames } from './mapNames';

/** Longest that a slice of laying may take, in milliseconds: a frame is 16. */
const SLICE_MS = 6;
/** Tokens looked at between two looks at the clock. */
const TOKENS_OF_STEP = 512;

/** Lays the names of a map in slices, so that it can be panned meanwhile. */
export class NameLaying {
  private timer = 0;
  private under: MapNames | undefined;

  /** @param laid called after each slice */
  constructor(private readonly laid: (names: MapNames, isDone: boolean) => void) {}

  get isUnderWay(): boolean {
    return this.under !== undefined;
  }

  /** Begins with other names, and drops those that were under way. */
  begin(names: MapNames): void {
    this.stop();
    this.under = names;
    this.goOn();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.under = undefined;
  }

  private goOn(): void {
    this.timer = window.setTimeout(() => {
      const { under } = this;
      if (!under) {
        return;
      }
      const end = performance.now() + SLICE_MS;
      let isDone = false;
      while (!isDone && performance.now() < end) {
        isDone = under.advance(TOKENS_OF_STEP);
      }
      if (isDone) {
        this.under = undefined;
      } else {
        this.goOn();
      }
      this.laid(under, isDone);
    });
  }
}
