/** Positions that share a page of memory. */
const PAGE_BITS = 9;
const PAGE_LENGTH = 1 << PAGE_BITS;

export const UNKNOWN = 0;
export const FAILED = 1;
/** This and more: matched, up to the outcome less this. */
export const MATCHED = 2;

/** How a section went from its slots at each position. Memory is taken by pages, where something is noted. */
export interface Outcomes {
  /** @returns {@link UNKNOWN}, {@link FAILED}, or {@link MATCHED} plus the end of the match. */
  get(position: number, slot: number): number;
  noteFailure(position: number, slot: number): void;
  noteMatch(position: number, slot: number, end: number): void;
  /** Gives back what is known before a position that will not be asked for again. */
  forgetBefore(position: number): void;
  clear(): void;
}

class Pages<Page> {
  private pages: (Page | undefined)[] = [];
  private first = 0;

  constructor(private readonly make: () => Page) {}

  get(position: number): Page | undefined {
    return this.pages[position >> PAGE_BITS];
  }

  open(position: number): Page {
    return (this.pages[position >> PAGE_BITS] ??= this.make());
  }

  forgetBefore(position: number): void {
    const first = Math.min(position >> PAGE_BITS, this.pages.length);
    for (; this.first < first; this.first++) {
      this.pages[this.first] = undefined;
    }
  }

  clear(): void {
    this.pages = [];
    this.first = 0;
  }
}

/** Failures only, a bit each: the pattern itself ends with its first match. */
export class Failures implements Outcomes {
  private readonly failed: Pages<Uint8Array>;

  constructor(private readonly slotCount: number) {
    this.failed = new Pages(() => new Uint8Array(Math.ceil((PAGE_LENGTH * slotCount) / 8)));
  }

  get(position: number, slot: number): number {
    const bit = (position & (PAGE_LENGTH - 1)) * this.slotCount + slot;
    return ((this.failed.get(position)?.[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  }

  noteFailure(position: number, slot: number): void {
    const bit = (position & (PAGE_LENGTH - 1)) * this.slotCount + slot;
    this.failed.open(position)[bit >> 3] |= 1 << (bit & 7);
  }

  noteMatch(): void {
    // Not asked for again.
  }

  forgetBefore(position: number): void {
    this.failed.forgetBefore(position);
  }

  clear(): void {
    this.failed.clear();
  }
}

/** Whether look-arounds matched: a bit for failures and a bit for matches. */
export class Answers implements Outcomes {
  private readonly failures: Failures;
  private readonly matches: Failures;

  constructor(slotCount: number) {
    this.failures = new Failures(slotCount);
    this.matches = new Failures(slotCount);
  }

  get(position: number, slot: number): number {
    return this.failures.get(position, slot) || MATCHED * this.matches.get(position, slot);
  }

  noteFailure(position: number, slot: number): void {
    this.failures.noteFailure(position, slot);
  }

  noteMatch(position: number, slot: number): void {
    this.matches.noteFailure(position, slot);
  }

  forgetBefore(position: number): void {
    this.failures.forgetBefore(position);
    this.matches.forgetBefore(position);
  }

  clear(): void {
    this.failures.clear();
    this.matches.clear();
  }
}

/** Up to where atomic groups matched. */
export class Ends implements Outcomes {
  private readonly ends: Pages<Int32Array>;

  constructor(private readonly slotCount: number) {
    this.ends = new Pages(() => new Int32Array(PAGE_LENGTH * slotCount));
  }

  get(position: number, slot: number): number {
    return this.ends.get(position)?.[(position & (PAGE_LENGTH - 1)) * this.slotCount + slot] ?? UNKNOWN;
  }

  noteFailure(position: number, slot: number): void {
    this.set(position, slot, FAILED);
  }

  noteMatch(position: number, slot: number, end: number): void {
    this.set(position, slot, MATCHED + end);
  }

  forgetBefore(position: number): void {
    this.ends.forgetBefore(position);
  }

  clear(): void {
    this.ends.clear();
  }

  private set(position: number, slot: number, outcome: number): void {
    this.ends.open(position)[(position & (PAGE_LENGTH - 1)) * this.slotCount + slot] = outcome;
  }
}
