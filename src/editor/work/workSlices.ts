import type { Timers } from '../../engine/session/idleTimer';

/** Longest time in milliseconds that is worked at a stretch: half a frame, so that typing and hovers are not held up. */
const SLICE = 8;

/**
 * Work that is done a slice at a time.
 *
 * @param mayGoOn False when it is the turn of others.
 * @returns Whether it is done.
 */
export type SlicedWork = (mayGoOn: () => boolean) => boolean;

/** Lets all work take turns, with a turn of the event loop between two slices. Nothing runs before the present event is over. */
export class WorkSlices {
  private readonly waiting = new Set<SlicedWork>();
  private handle: unknown;

  constructor(private readonly timers: Timers) {}

  get isIdle(): boolean {
    return this.waiting.size === 0;
  }

  add(work: SlicedWork): void {
    this.waiting.add(work);
    this.schedule();
  }

  remove(work: SlicedWork): void {
    this.waiting.delete(work);
    if (this.isIdle && this.handle !== undefined) {
      this.timers.clearTimeout(this.handle);
      this.handle = undefined;
    }
  }

  private schedule(): void {
    if (!this.isIdle) {
      this.handle ??= this.timers.setTimeout(() => {
        this.handle = undefined;
        this.slice();
      }, 0);
    }
  }

  private slice(): void {
    const end = this.timers.now() + SLICE;
    const mayGoOn = (): boolean => this.timers.now() < end;
    try {
      do {
        const [work] = this.waiting;
        if (work === undefined) {
          return;
        }
        let isDone = true;
        try {
          isDone = work(mayGoOn);
        } finally {
          // It goes to the end of the line, unless it was removed meanwhile. What fails does not come again.
          if (this.waiting.delete(work) && !isDone) {
            this.waiting.add(work);
          }
        }
      } while (mayGoOn());
    } finally {
      this.schedule();
    }
  }
}
