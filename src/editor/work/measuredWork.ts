/** Tells whoever measures how long work takes; costs nothing while nobody does. */
export class MeasuredWork {
  /** Called with the milliseconds of each piece of work, once for pieces that are inside of one another. */
  onWork: ((milliseconds: number) => void) | undefined;
  private isInside = false;

  run<T>(work: () => T): T {
    if (this.onWork === undefined || this.isInside) {
      return work();
    }
    const start = performance.now();
    this.isInside = true;
    try {
      return work();
    } finally {
      this.isInside = false;
      this.onWork(performance.now() - start);
    }
  }
}
