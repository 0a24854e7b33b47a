import type { ScreenPoint } from './camera';

/** A finger that rests so long means what is below it, in milliseconds; that of Android. */
const HELD_MS = 500;
/** A second tap that comes so soon and so near belongs to the first; in milliseconds and CSS pixels. */
const DOUBLE_TAP_MS = 350;
const DOUBLE_TAP_REACH = 32;

/** Tells taps, double taps and long presses apart. A browser tells none of them where an element keeps all gestures to itself. */
export class TouchPresses {
  private timer = 0;
  private tapped: { readonly at: ScreenPoint; readonly time: number } | undefined;
  /** Whether the finger that is down has rested long enough. */
  isHeld = false;

  /** @param held called when a finger has rested */
  constructor(private readonly held: (at: ScreenPoint) => void) {}

  /** A finger has come down. */
  begin(at: ScreenPoint): void {
    this.end();
    this.isHeld = false;
    this.timer = window.setTimeout(() => {
      this.isHeld = true;
      this.tapped = undefined;
      this.held(at);
    }, HELD_MS);
  }

  /** The finger moves, is not alone any more, or is gone: it will not rest. */
  end(): void {
    window.clearTimeout(this.timer);
  }

  /** @param time in milliseconds, of whatever clock @returns whether this is the second of two taps */
  tap(at: ScreenPoint, time: number): boolean {
    const { tapped } = this;
    const isSecond =
      tapped !== undefined &&
      time - tapped.time <= DOUBLE_TAP_MS &&
      Math.hypot(at.x - tapped.at.x, at.y - tapped.at.y) <= DOUBLE_TAP_REACH;
    this.tapped = isSecond ? undefined : { at, time };
    return isSecond;
  }
}
